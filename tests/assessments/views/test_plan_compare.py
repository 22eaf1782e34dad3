from dataclasses import replace

import pytest

from assessments.plans.content import PlanContent, PlannedAction
from assessments.services import decide_plan, discard_version, save_plan, submit_plan
from tests.assessments.pages import htmx
from tests.assessments.services.test_plans import approve, changed, tomorrow
from tests.builders import make_plan

pytestmark = pytest.mark.django_db
URL = "/plans/RP-001/compare/"


@pytest.fixture
def plan(low_risk, risk_manager):
    """Version 1 is in force, version 2 waits to be submitted: another objective."""
    plan = make_plan(low_risk, by=risk_manager, submitted=True, objective="一年内降到中")
    content = replace(PlanContent.parse(plan.head.content), objective="半年内降到中")
    return save_plan(plan, by=risk_manager, version=None, content=content)


def numbers(page):
    return page.context["before"].number, page.context["after"].number


def test_from_the_version_in_force_to_the_newest(plan, risk_manager, sign_in):
    page = sign_in(risk_manager).get(URL)
    assert numbers(page) == (1, 2)
    (field,) = page.context["changes"].fields
    assert [(piece.kind, piece.text) for piece in field.pieces] == [
        ("removed", "一"), ("added", "半"), ("same", "年内降到中"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?before=2&after=1", (2, 1)), ("?after=1", (1, 1)), ("?before=9&after=9", (1, 2)),
        ("?before=x&after=-1", (1, 2)), ("?before=1", (1, 2)),
    ],
)  # fmt: skip
def test_any_two(plan, risk_manager, sign_in, query, expected):
    assert numbers(sign_in(risk_manager).get(URL + query)) == expected


def test_only_the_part_that_changes(plan, risk_manager, sign_in):
    page = sign_in(risk_manager).get(URL, **htmx("version-changes"))
    assert page.text.strip().startswith('<section class="rh-card" id="version-changes"')


def test_a_first_version_is_beside_itself(low_risk, risk_manager, sign_in):
    make_plan(low_risk, by=risk_manager)
    page = sign_in(risk_manager).get(URL)
    assert numbers(page) == (1, 1)
    assert "These two say the same." in page.text


def test_after_the_new_one_is_in_force_it_is_compared_with_the_one_before(
    plan, risk_manager, sign_in
):
    submit_plan(plan, by=risk_manager)
    assert numbers(sign_in(risk_manager).get(URL)) == (1, 2)


@pytest.mark.parametrize(
    ("who", "status"),
    [("auditor", 200), ("staff_cleaning", 200), ("staff_repair", 404), ("outsider", 404)],
)
def test_who_may(request, plan, sign_in, who, status):
    client = sign_in(request.getfixturevalue(who))
    assert client.get(URL).status_code == status
    assert client.post(URL).status_code == 405


def test_what_was_sent_back_between_is_passed_over(high_risk, risk_manager, approver, sign_in):
    """Version 1 was approved, 2 sent back, 3 is in force: what came into force is read beside 1."""
    plan = make_plan(high_risk, by=risk_manager, submitted=True)
    approve(plan, approver)
    for objective, decision in (("第二版", "changes"), ("第三版", "approved")):
        plan.refresh_from_db()
        wording = changed(plan, objective=objective)
        save_plan(plan, by=risk_manager, version=None, content=wording)
        submit_plan(plan, by=risk_manager)
        plan.refresh_from_db()
        decide_plan(
            plan,
            by=approver,
            decision=decision,
            content_hash=plan.head.content_hash,
            comment="看过",
        )
    page = sign_in(risk_manager).get(URL)
    assert numbers(page) == (1, 3)
    whole = plan.versions.get(number=3).content_hash
    assert f'title="{whole}">{whole[:4]} {whole[4:8]}<' in page.text


def test_of_a_whole_row_it_is_said_once_what_became_of_it(low_risk, risk_manager, sign_in):
    plan = make_plan(low_risk, by=risk_manager, submitted=True)
    more = PlannedAction("a2", "发放压力表", risk_manager.pk, tomorrow())
    save_plan(plan, by=risk_manager, version=None, content=changed(plan, actions=(more,)))
    page = sign_in(risk_manager).get(URL)
    rows = page.text.split('<dl class="rh-diff">')[1].split("</dl>")[0]
    assert (rows.count("added"), rows.count("removed"), "rh-piece" in rows) == (1, 1, False)


def test_a_version_that_was_given_up_says_so_and_the_plan_says_why(plan, risk_manager, sign_in):
    client, pages = sign_in(risk_manager), (URL, "/plans/RP-001/")
    assert ["given up" in client.get(page).text or "gave up" in client.get(page).text
            for page in pages] == [False, False]  # fmt: skip
    discard_version(plan, by=risk_manager, reason="半年做不到")
    versions, page = (client.get(page).text for page in pages)
    assert (versions.count(", given up"), versions.count("draft of")) == (1, 1)
    assert "陈静 gave up version 2: “半年做不到”" in page
