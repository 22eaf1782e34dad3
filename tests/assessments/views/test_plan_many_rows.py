"""A plan of many rows: the page shows and keeps every one that is stored, and says how many there may be."""

from dataclasses import replace

import pytest

from assessments.forms.rows import MOST_ROWS
from assessments.models import PlanDraft, ResponsePlan
from assessments.plans.content import (
    MOST_ACTIONS,
    MOST_RESOURCES,
    PlanContent,
    PlannedAction,
    PlannedResource,
)
from assessments.services import save_plan
from tests.assessments.pages import htmx, queries_of
from tests.assessments.services.test_plans import changed, tomorrow
from tests.assessments.views.plan_forms import sent
from tests.builders import make_plan

pytestmark = pytest.mark.django_db
URL, NEW, DRAFT = "/plans/RP-001/edit/", "/risks/R001/plan/new/", "/risks/R001/plan/draft/"
LIMITS = {"action": MOST_ACTIONS, "resource": MOST_RESOURCES}


@pytest.fixture
def plan_of(high_risk, risk_manager):
    def made(actions, resources=0):
        return make_plan(
            high_risk,
            by=risk_manager,
            actions=tuple(
                PlannedAction(f"a{n}", f"试压 {n}", risk_manager.pk, tomorrow())
                for n in range(actions)
            ),
            resources=tuple(
                PlannedResource(f"r{n}", "money", f"培训 {n}", "300") for n in range(resources)
            ),
        )

    return made


def stored():
    return PlanContent.parse(ResponsePlan.objects.select_related("head").get().head.content)


def as_shown(page):
    """What a browser sends back of the page as it is."""
    data = {}
    for form in (page.context["form"], *page.context["rows"], *page.context["resources"]):
        for field in form:
            value = field.value()
            data[field.html_name] = "" if value is None else value
    for rows in (page.context["rows"], page.context["resources"]):
        data |= {f"{rows.prefix}-TOTAL_FORMS": len(rows.forms), f"{rows.prefix}-INITIAL_FORMS": 0}
    return data


def many(prefix, count, owner):
    """So many whole rows and an empty one, as the page sends them."""
    data = sent()
    for n in range(count):
        row = {"title": f"试压 {n}", "owner": owner.pk, "due_on": tomorrow()}
        if prefix == "resource":
            row = {"kind": "money", "what": f"培训 {n}", "amount": "300"}
        data |= {f"{prefix}-{n}-{name}": value for name, value in row.items()}
    return data | {f"{prefix}-TOTAL_FORMS": count + 1}


@pytest.mark.parametrize("more", [1, 60])
def test_a_plan_of_more_than_may_be_loses_none(plan_of, risk_manager, sign_in, more):
    plan_of(MOST_ACTIONS + more, MOST_RESOURCES + more)
    before, client = stored(), sign_in(risk_manager)
    page = client.get(URL)
    counts = [len(page.context[name].forms) for name in ("rows", "resources")]
    assert counts == [MOST_ACTIONS + more, MOST_RESOURCES + more]
    kept = client.post(URL, as_shown(page) | {"objective": "改"})
    assert kept.status_code == 302
    assert (stored().actions, stored().resources) == (before.actions, before.resources)
    assert stored().objective == "改"


def test_a_draft_of_such_a_plan_brings_every_row_back(plan_of, risk_manager, sign_in):
    plan_of(MOST_ACTIONS + 70)
    client = sign_in(risk_manager)
    typed = as_shown(client.get(URL)) | {"action-105-title": "试压后复查"}
    assert client.post(DRAFT, typed).status_code == 302
    assert PlanDraft.objects.count() == 1
    rows = client.get(URL).context["rows"]
    assert (len(rows.forms), rows[105]["title"].value()) == (MOST_ACTIONS + 70, "试压后复查")


@pytest.mark.parametrize("prefix", LIMITS)
def test_one_more_than_may_be_is_refused_and_stays_typed(high_risk, risk_manager, sign_in, prefix):
    client, most = sign_in(risk_manager), LIMITS[prefix]
    page = client.post(NEW, many(prefix, most + 1, risk_manager))
    rows = page.context[{"action": "rows", "resource": "resources"}[prefix]]
    assert [cell.error for cell in rows.wrong] == [f"At most {most} rows."]
    assert (page.status_code, ResponsePlan.objects.exists()) == (422, False)
    assert f"At most {most} rows." in page.text
    last = {"action": "试压 40", "resource": "培训 40"}[prefix]
    assert f'value="{last}"' in page.text


@pytest.mark.parametrize("prefix", LIMITS)
def test_as_many_as_may_be_are_kept(high_risk, risk_manager, sign_in, prefix):
    """The empty row after them does not count."""
    data = many(prefix, LIMITS[prefix], risk_manager)
    assert sign_in(risk_manager).post(NEW, data).status_code == 302
    part = {"action": "actions", "resource": "resources"}[prefix]
    assert len(getattr(stored(), part)) == LIMITS[prefix]


@pytest.mark.parametrize("prefix", LIMITS)
def test_a_full_table_says_so_instead_of_offering_a_row(high_risk, risk_manager, sign_in, prefix):
    client, most = sign_in(risk_manager), LIMITS[prefix]
    button = f'name="add_row" value="{prefix}"'
    data = many(prefix, most - 2, risk_manager) | {"add_row": prefix}
    page = client.post(NEW, data, **htmx("plan-form"))
    assert button not in page.text
    assert page.text.count(f"At most {most} rows.") == 1
    page = client.post(NEW, data | {"drop_row": f"{prefix}-0", "add_row": ""}, **htmx("plan-form"))
    assert button in page.text
    assert "At most" not in page.text


def test_as_many_queries_for_many_rows_as_for_one(plan_of, risk_manager, sign_in):
    plan, client = plan_of(1), sign_in(risk_manager)
    asked = queries_of(client, URL)
    row = PlanContent.parse(plan.head.content).actions[0]
    more = tuple(replace(row, key=f"a{n}") for n in range(30))
    save_plan(plan, by=risk_manager, version=None, content=changed(plan, actions=more))
    assert queries_of(client, URL) == asked


def test_more_than_any_plan_has_are_no_page_of_ours(high_risk, risk_manager, sign_in):
    data = sent() | {"action-TOTAL_FORMS": MOST_ROWS + 1}
    assert sign_in(risk_manager).post(NEW, data).status_code == 400
