"""After an edit both versions are named wherever a plan is summed up: what is in force, what is new."""

import csv
import io

import pytest
from django.db import connection
from django.utils.translation import override

from assessments.plans.words import standing_words
from assessments.quarterly.pages.line import RiskLine
from assessments.quarterly.risks_part import _plan_brief, open_risks
from assessments.services import decide_plan, save_plan, submit_plan, withdraw_plan
from assessments.sql.refusals import SHOW_VERSIONS
from registers.models import Risk
from registers.reports import export_risks
from registers.responses import versions_in_words
from tests.assessments.pages import queries_of
from tests.assessments.services.test_plans import changed
from tests.builders import assess, make_plan

pytestmark = pytest.mark.django_db

WORDS = {"en": "v1 in force, v2 draft", "zh-hans": "v1 生效中，v2 草稿"}
PLACES = ["/risks/R001/", "/risks/", "/plans/", "/plans/RP-001/", "/risks/R001/plan/"]


@pytest.fixture
def plan(high_risk, risk_manager, approver):
    """Version 1 is in force and aims at (2,3)."""
    made = make_plan(high_risk, by=risk_manager, submitted=True, target=(2, 3))
    approve(made, approver)
    return made


@pytest.fixture
def edited(plan, risk_manager):
    """Version 2 is a draft without a target."""
    save_plan(
        plan, by=risk_manager, version=None, content=changed(plan, target=None, objective="新")
    )
    plan.refresh_from_db()
    return plan


def approve(plan, by):
    plan.refresh_from_db()
    decide_plan(plan, by=by, decision="approved", content_hash=plan.head.content_hash, comment="好")
    plan.refresh_from_db()


def reader(user, language, sign_in):
    user.locale = language
    user.save(update_fields=["locale"])
    return sign_in(user)


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("url", PLACES)
def test_on_every_page(edited, auditor, sign_in, url, language):
    assert WORDS[language] in reader(auditor, language, sign_in).get(url).content.decode()


@pytest.mark.parametrize("url", PLACES)
def test_one_version_needs_no_number(plan, auditor, sign_in, url):
    page = reader(auditor, "en", sign_in).get(url).content.decode()
    assert "v1 in force, v" not in page
    assert "Approved" in page


@pytest.mark.parametrize("language", WORDS)
def test_in_the_file_and_in_the_report(edited, language):
    part = {"plan": _plan_brief(open_risks().get().live_plans[0]), "strategy": "mitigate"}
    line = RiskLine.__new__(RiskLine)
    line.part = part
    with override(language):
        assert line.plan_state == standing_words(edited) == WORDS[language]
        with export_risks(Risk.objects.all(), by=None, form="csv").content as file:
            _header, row = csv.reader(io.StringIO(file.read().decode("utf-8-sig")))
        assert WORDS[language] in row


def test_in_the_api(edited, auditor, sign_in, plan):
    body = sign_in(auditor).get("/api/v1/risks/R001/").json()
    told = [body[f"plan_{name}"] for name in ("strategy", "state", "version", "in_force")]
    assert told == ["mitigate", "draft", 2, 1]


def test_each_step_of_the_new_version(edited, high_risk, risk_manager, approver):
    def shown():
        high_risk.refresh_from_db()
        return high_risk.plan_state, high_risk.plan_version, high_risk.plan_in_force

    assert shown() == ("draft", 2, 1)
    submit_plan(edited, by=risk_manager)
    assert shown() == ("submitted", 2, 1)
    approve(edited, approver)
    assert shown() == ("approved", 2, 2)


@pytest.mark.parametrize(
    ("version", "in_force", "words"),
    [(None, None, "Draft"), (1, None, "Draft"), (2, 2, "Draft"), (3, 1, "v1 in force, v3 draft")],
)
def test_only_where_they_differ(version, in_force, words):
    with override("en"):
        assert versions_in_words("Draft", version, in_force) == words


def test_the_target_in_force_where_the_draft_has_none(edited, auditor, sign_in):
    client = reader(auditor, "en", sign_in)
    plan = client.get("/plans/RP-001/").content.decode()
    assert plan.count('<span class="rh-meta">v1 in force</span>') == 1
    assert "not set" not in client.get("/risks/R001/").content.decode()


def aim(risk):
    risk.refresh_from_db()
    return risk.target_probability, risk.target_impact, risk.target_level


def test_page_list_and_heat_map_aim_where_the_version_in_force_does(
    edited, high_risk, auditor, sign_in
):
    assert aim(high_risk) == (2, 3, 1)
    client = sign_in(auditor)
    found = client.get("/risks/?kind=target&probability=2&impact=3").content.decode()
    assert ">R001<" in found
    assert client.get("/api/v1/risks/R001/").json()["target"]["probability"] == 2


def test_what_the_plan_promises_stands_over_the_target_of_a_later_assessment(
    edited, high_risk, risk_manager, second_manager
):
    later = {"by": risk_manager, "confirmed_by": second_manager, "target": (1, 2)}
    assess(high_risk, (5, 3), (4, 3), **later)
    assert aim(high_risk) == (2, 3, 1)
    withdraw_plan(edited, by=risk_manager, reason="换做法")
    assert aim(high_risk) == (1, 2, 0)


def test_without_plan_and_target_a_risk_aims_nowhere(edited, high_risk, risk_manager):
    withdraw_plan(edited, by=risk_manager, reason="换做法")
    assert aim(high_risk) == (None, None, None)


def test_no_target_anywhere(high_risk, risk_manager, approver, auditor, sign_in):
    plan = make_plan(high_risk, by=risk_manager, submitted=True)
    approve(plan, approver)
    assert "not set" in reader(auditor, "en", sign_in).get("/risks/R001/").content.decode()


def test_lists_ask_no_more_for_it(plan, auditor, risk_manager, sign_in):
    client = sign_in(auditor)
    before = [queries_of(client, url) for url in ("/risks/", "/plans/")]
    save_plan(plan, by=risk_manager, version=None, content=changed(plan, objective="新"))
    assert [queries_of(client, url) for url in ("/risks/", "/plans/")] == before


def test_what_was_stored_before_is_filled_in(edited, high_risk):
    Risk.objects.update(plan_version=None, plan_in_force=None)
    with connection.cursor() as cursor:
        cursor.execute(SHOW_VERSIONS)
    high_risk.refresh_from_db()
    assert (high_risk.plan_version, high_risk.plan_in_force) == (2, 1)
