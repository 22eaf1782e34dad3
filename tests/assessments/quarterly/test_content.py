"""What the snapshot says against what the database holds."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from assessments.models import Approval
from assessments.plans.page import waiting_of
from assessments.quarterly.content import build_content
from assessments.quarterly.evidence import data_since
from assessments.services import decide_plan
from registers.models import LibraryRisk, Risk
from registers.services import adopt_risks, close_risk
from riskhub.audit.models import AuditEvent
from riskhub.audit.services import seal_events
from riskhub.company.calendar import Quarter
from riskhub.company.preferences import company_zone
from tests.builders import assess, make_plan, make_risk


@pytest.fixture
def quarter():
    return Quarter.of(timezone.localdate())


@pytest.fixture
def freeze(quarter):
    """The content as of a minute from now, so that all that the test made is in the quarter."""
    return lambda **kw: build_content(quarter, as_of=timezone.now() + timedelta(seconds=5), **kw)


def test_data_begin_with_the_first_risk_or_the_first_event(register, risk_manager):
    first = AuditEvent.objects.order_by("pk").first().at
    assert data_since() == first
    risk = make_risk(register, by=risk_manager)
    assert data_since() == first
    early = datetime(2026, 7, 2, 8, 0, tzinfo=company_zone())
    Risk.objects.filter(pk=risk.pk).update(accepted_at=early)
    assert data_since() == early


def test_an_empty_register_gives_a_whole_snapshot(freeze):
    content = freeze()

    assert content["risks"] == []
    assert content["movement"]["open_at_end"] == 0
    assert len(content["matrix"]["levels"]) == 4
    assert [row["rows"] for row in content["sources"]] == [0, 0, 0, 0]


def test_risks_come_in_ranking_with_cells_levels_and_plan(freeze, register, risk_manager, approver):
    low = make_risk(register, by=risk_manager, title="迟到")
    high = make_risk(register, by=risk_manager, title="坠落")
    unrated = make_risk(register, by=risk_manager, title="新风险")
    assess(low, (2, 2), (1, 2), by=risk_manager)
    assess(high, (3, 5), (2, 5), by=risk_manager, confirmed_by=approver, target=(1, 4))
    plan = make_plan(high, by=risk_manager, submitted=True)
    decide_plan(plan, by=approver, decision="approved", content_hash=plan.head.content_hash)

    parts = freeze()["risks"]

    assert [part["code"] for part in parts] == [high.code, low.code, unrated.code]
    top = parts[0]
    assert (top["inherent"], top["residual"], top["target"]) == ([3, 5], [2, 5], [1, 4])
    assert (top["level"], top["level_target"], top["is_above"]) == ("high", "medium", True)
    assert top["plan"]["approved_version"] == 1
    assert top["plan"]["next_step"] == "完工试压 10 分钟"
    assert parts[2]["level"] is None


def test_people_are_roles_and_never_names(freeze, register, risk_manager, approver):
    risk = make_risk(register, by=risk_manager, owner=risk_manager)
    assess(risk, (3, 5), (2, 5), by=risk_manager, confirmed_by=approver)
    plan = make_plan(risk, by=risk_manager, submitted=True)
    decide_plan(plan, by=approver, decision="approved", content_hash=plan.head.content_hash)

    content = freeze()

    assert content["risks"][0]["owner"] == {"zh": "风险管理员", "en": "Risk manager"}
    assert content["decisions"][0]["who"]["en"] == "Approver (management)"
    assert risk_manager.display_name not in str(content)
    assert approver.display_name not in str(content)


def test_decisions_carry_the_whole_hash_of_what_was_approved(
    freeze, register, risk_manager, approver
):
    risk = make_risk(register, by=risk_manager)
    assess(risk, (3, 5), (2, 5), by=risk_manager, confirmed_by=approver)
    plan = make_plan(risk, by=risk_manager, submitted=True)
    decide_plan(
        plan,
        by=approver,
        decision="changes",
        content_hash=plan.head.content_hash,
        comment="写明期限",
    )

    (decision,) = freeze()["decisions"]

    assert decision["hash"] == Approval.objects.get().content_hash
    assert (decision["decision"], decision["comment"]) == ("changes", "写明期限")


def test_a_decision_took_calendar_days(register, risk_manager, approver, time_machine):
    """As the plan's page counted them while it waited: sent in the evening, decided next morning."""
    evening = datetime(2026, 11, 24, 22, 0, tzinfo=company_zone())
    time_machine.move_to(evening)
    risk = make_risk(register, by=risk_manager)
    assess(risk, (3, 5), (2, 5), by=risk_manager, confirmed_by=approver)
    plan = make_plan(risk, by=risk_manager, submitted=True)
    time_machine.move_to(evening + timedelta(hours=11))
    assert waiting_of(plan).days == 1
    decide_plan(plan, by=approver, decision="approved", content_hash=plan.head.content_hash)
    content = build_content(Quarter(2026, 4), as_of=evening + timedelta(hours=12))
    assert [decision["days"] for decision in content["decisions"]] == [1]


def test_movement_counts_new_and_closed(freeze, register, risk_manager):
    adopt_risks(LibraryRisk.objects.all()[:3], by=risk_manager, register=register)
    close_risk(Risk.objects.first(), by=risk_manager, reason="不再提供这项服务")

    content = freeze()

    assert content["movement"] == {
        "open_at_start": 0, "open_at_end": 2, "new": 3, "closed": 1, "merged": 0, "reopened": 0,
        "proposals": 0, "proposals_accepted": 0,
    }  # fmt: skip
    assert [row["reason"] for row in content["closed"]] == ["不再提供这项服务"]


def test_waiting_plans_and_confirmations_are_listed(freeze, register, risk_manager, approver):
    waiting = make_risk(register, by=risk_manager, title="等确认")
    assess(waiting, (4, 4), (4, 4), by=risk_manager)
    planned = make_risk(register, by=risk_manager, title="等审批")
    assess(planned, (3, 5), (2, 5), by=risk_manager, confirmed_by=approver)
    plan = make_plan(planned, by=risk_manager, submitted=True)

    content = freeze()

    assert [row["risk"] for row in content["confirmations_waiting"]] == [waiting.code]
    (row,) = content["plans_waiting"]
    assert (row["plan"], row["hash"], row["waiting_days"]) == (plan.code, plan.head.content_hash, 0)


def test_last_quarter_gives_moves(freeze, register, risk_manager, approver):
    risk = make_risk(register, by=risk_manager)
    assess(risk, (3, 5), (2, 5), by=risk_manager, confirmed_by=approver)
    last = freeze()
    assess(risk, (3, 5), (1, 5), by=risk_manager, confirmed_by=approver)

    content = freeze(last=last)

    (part,) = content["risks"]
    assert (part["last"], part["residual"], part["level_last"]) == ([2, 5], [1, 5], "high")
    assert part["moved_reason"] == "三起同类事件"
    assert content["levels_last"] == {"high": 1}
    assert (content["last_as_of"], last["last_as_of"]) == (last["meta"]["as_of"], None)


def test_the_query_count_does_not_grow_with_the_register(
    freeze, register, risk_manager, approver, django_assert_num_queries
):
    def one():
        risk = make_risk(register, by=risk_manager, owner=risk_manager)
        assess(risk, (3, 5), (2, 5), by=risk_manager, confirmed_by=approver)
        make_plan(risk, by=risk_manager, submitted=True)

    one()
    with django_assert_num_queries(43):
        freeze()
    one()
    one()
    with django_assert_num_queries(43):
        freeze()


@pytest.mark.django_db(transaction=True)
def test_the_audit_head_stands_for_everything_sealed(freeze, register, risk_manager):
    make_risk(register, by=risk_manager)
    sealed = seal_events()

    anchors = freeze()["anchors"]

    assert anchors["result"] == "ok"
    assert anchors["head_number"] >= sealed
    assert len(anchors["head_hash"]) == 64


def test_the_target_is_what_the_plan_in_force_promises(freeze, register, risk_manager, approver):
    risk = make_risk(register, by=risk_manager)
    assess(risk, (3, 5), (2, 5), by=risk_manager, confirmed_by=approver, target=(2, 4))
    plan = make_plan(risk, by=risk_manager, submitted=True, target=(1, 4))
    (waiting,) = freeze()["risks"]
    decide_plan(plan, by=approver, decision="approved", content_hash=plan.head.content_hash)
    (approved,) = freeze()["risks"]
    assert (waiting["target"], approved["target"], approved["level_target"]) == (
        [2, 4], [1, 4], "medium",
    )  # fmt: skip
    today = timezone.localdate().isoformat()
    assert (waiting["plan"]["due_on"], waiting["plan"]["next_step"]) == (today, "")
    assert approved["plan"]["due_on"] == today


def test_only_stricter_lines_of_areas_are_named(freeze):
    assert freeze()["matrix"]["area_lines"] == {"customer_safety": "low"}


def test_risks_entered_by_hand_are_one_source(freeze, register, risk_manager):
    for _time in range(2):
        make_risk(register, by=risk_manager)
    assert sum(row["rows"] for row in freeze()["sources"]) == 2
