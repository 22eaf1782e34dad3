from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registers.choices import RISK_NEXT_STATES, OriginKind, RiskState
from registers.closing import NotOpen, register_blocker
from registers.models import Risk, RiskCategory, RiskSource, ServiceLine
from registers.services import (
    CannotClose,
    Origin,
    RiskDraft,
    close_risk,
    create_risk,
    create_risks,
    edit_risk,
    reopen_risk,
)
from riskhub.audit.transitions import WrongState, move
from riskhub.audit.versions import StaleVersion
from tests.builders import make_risk
from tests.registers.audit import Trail


def draft(register, **fields):
    values = {
        "register": register,
        "title": "钥匙丢失",
        "event": "客户钥匙丢失",
        "category": RiskCategory.objects.get(code="operational"),
        "primary_source": RiskSource.objects.get(code="incident"),
        "owner_department": register.department,
    }
    return RiskDraft(**values | fields)


class TestCreate:
    def test_the_first_review_is_not_in_the_past_unless_many_come_with_their_history(
        self, register, risk_manager
    ):
        late = draft(register, next_review_on=date(2020, 6, 7))
        with pytest.raises(ValidationError) as refusal:
            create_risk(late, by=risk_manager)
        assert list(refusal.value.message_dict) == ["next_review_on"]
        (risk,) = create_risks([late], by=risk_manager)
        assert risk.next_review_on == date(2020, 6, 7)

    def test_everything_that_is_said_of_a_risk_is_kept(self, register, risk_manager, head_cleaning):
        survey = RiskSource.objects.get(code="survey")
        lines = list(ServiceLine.objects.filter(code__in=["cleaning", "eldercare"]))
        trail = Trail()
        made = create_risk(
            draft(
                register,
                cause=" 没有登记 ",
                consequence="换锁",
                owner=head_cleaning,
                sources=[survey],
                service_lines=lines,
                reported_on=date(2026, 5, 1),
                velocity="hours",
                controllability="shared",
                origin=Origin(OriginKind.IMPORT, "f1:3", "原件", {"number": "7"}),
            ),
            by=risk_manager,
        )
        risk = Risk.objects.get(pk=made.pk)
        assert (risk.code, risk.number, risk.state) == ("R001", 1, "identified")
        assert (risk.cause, risk.event, risk.consequence) == ("没有登记", "客户钥匙丢失", "换锁")
        assert (risk.owner, risk.reported_by, risk.accepted_by) == (
            head_cleaning,
            risk_manager,
            risk_manager,
        )
        assert (risk.velocity, risk.controllability, risk.reported_on) == (
            "hours",
            "shared",
            date(2026, 5, 1),
        )
        assert {s.code for s in risk.sources.all()} == {"incident", "survey"}
        assert {line.code for line in risk.service_lines.all()} == {"cleaning", "eldercare"}
        (origin,) = risk.origins.all()
        assert (origin.kind, origin.ref_id, origin.label, origin.details) == (
            "import",
            "f1:3",
            "原件",
            {"number": "7"},
        )
        assert trail.events() == [
            ("sequence.taken", "company_sequence", "insert"),
            ("risk.created", "registers_risk", "insert"),
            *[("risk.created", "registers_risk_sources", "insert")] * 2,
            *[("risk.created", "registers_risk_service_lines", "insert")] * 2,
            ("risk.created", "registers_riskorigin", "insert"),
        ]

    def test_importance_is_that_of_its_weightiest_line(self, register, risk_manager):
        lines = list(ServiceLine.objects.filter(code__in=["moving", "babycare"]))
        assert make_risk(register, by=risk_manager).business_importance == 3
        risk = make_risk(register, by=risk_manager, service_lines=lines)
        assert (risk.business_importance, risk.importance_reason) == (5, "")
        own = make_risk(
            register, by=risk_manager, business_importance=2, importance_reason="只有一户"
        )
        assert (own.business_importance, own.importance_reason) == (2, "只有一户")

    def test_another_importance_than_that_of_its_lines_says_why(self, register, risk_manager):
        with pytest.raises(ValidationError) as refusal:
            create_risk(draft(register, business_importance=5), by=risk_manager)
        assert list(refusal.value.message_dict) == ["importance_reason"]
        assert not Risk.objects.exists()
        create_risk(draft(register, business_importance=3), by=risk_manager)

    @pytest.mark.parametrize("field", ["title", "event"])
    def test_a_blank_text_is_refused(self, register, risk_manager, field):
        with pytest.raises(ValidationError) as refusal:
            create_risk(draft(register, **{field: "   "}), by=risk_manager)
        assert list(refusal.value.message_dict) == [field]
        assert not Risk.objects.exists()

    def test_a_refused_risk_takes_no_number(self, register, risk_manager):
        with pytest.raises(ValidationError):
            create_risk(draft(register, event=""), by=risk_manager)
        assert make_risk(register, by=risk_manager).number == 1

    def test_many_take_consecutive_numbers_in_the_same_number_of_queries(
        self, register, risk_manager
    ):
        create_risks([draft(register)], by=risk_manager)
        with CaptureQueriesContext(connection) as one:
            create_risks([draft(register)], by=risk_manager)
        with CaptureQueriesContext(connection) as thirty:
            risks = create_risks([draft(register) for _ in range(30)], by=risk_manager)
        assert [risk.number for risk in risks] == list(range(3, 33))
        # The categories and sources of the thirty drafts are read by this test.
        assert len(thirty) - 2 * 30 == len(one) - 2

    def test_none_at_all(self, risk_manager):
        assert create_risks([], by=risk_manager) == []

    def test_the_thousandth_has_four_digits(self, register, risk_manager):
        create_risks([draft(register) for _ in range(1000)], by=risk_manager)
        codes = Risk.objects.order_by("number").values_list("code", flat=True)
        assert [codes[8], codes[98], codes[998], codes[999]] == ["R009", "R099", "R999", "R1000"]


class TestEdit:
    def test_what_was_given_changes_and_nothing_else(self, risk, risk_manager, head_cleaning):
        trail = Trail()
        edit_risk(risk, by=risk_manager, version=1, title="水管爆裂", owner=head_cleaning)
        stored = Risk.objects.get(pk=risk.pk)
        assert (stored.title, stored.owner, stored.event) == (
            "水管爆裂",
            head_cleaning,
            "维修后漏水",
        )
        assert stored.row_version == 2
        event = trail.only("registers_risk")
        assert (event.action, event.actor_name, event.operation) == (
            "risk.edited",
            "陈静",
            "update",
        )
        assert event.before == {"title": "客户家中漏水", "owner_id": None, "row_version": 1}
        assert event.after == {
            "title": "水管爆裂",
            "owner_id": head_cleaning.pk,
            "row_version": 2,
        }

    def test_a_stale_copy_is_refused(self, risk, risk_manager):
        edit_risk(risk, by=risk_manager, version=1, title="第一次")
        with pytest.raises(StaleVersion) as stale:
            edit_risk(risk, by=risk_manager, version=1, title="第二次")
        assert stale.value.current.title == "第一次"
        assert Risk.objects.get().title == "第一次"

    def test_without_a_version_the_last_one_counts(self, risk, risk_manager):
        edit_risk(risk, by=risk_manager, version=1, title="第一次")
        edit_risk(risk, by=risk_manager, version=None, title="第二次")
        assert Risk.objects.get().title == "第二次"

    def test_the_primary_source_stays_among_the_sources(self, risk, risk_manager):
        audit, survey = (RiskSource.objects.get(code=c) for c in ("audit", "survey"))
        edit_risk(risk, by=risk_manager, version=1, primary_source=audit)
        assert {s.code for s in risk.sources.all()} == {"internal_record", "audit"}
        edit_risk(risk, by=risk_manager, version=2, sources=[survey])
        assert {s.code for s in risk.sources.all()} == {"audit", "survey"}

    def test_another_importance_than_its_lines_needs_a_reason(self, risk, risk_manager):
        with pytest.raises(ValidationError) as refusal:
            edit_risk(risk, by=risk_manager, version=1, business_importance=5)
        assert list(refusal.value.message_dict) == ["importance_reason"]
        edit_risk(
            risk,
            by=risk_manager,
            version=1,
            business_importance=5,
            importance_reason="唯一的大客户",
        )
        assert Risk.objects.get().business_importance == 5

    def test_new_lines_and_their_importance_go_together(self, risk, risk_manager):
        line = ServiceLine.objects.get(code="eldercare")
        edit_risk(risk, by=risk_manager, version=1, business_importance=5, service_lines=[line])
        assert list(risk.service_lines.all()) == [line]

    def test_a_closed_risk_is_not_edited(self, risk, risk_manager):
        close_risk(risk, by=risk_manager, reason="停办")
        with pytest.raises(NotOpen):
            edit_risk(risk, by=risk_manager, version=None, title="x")

    def test_a_text_that_breaks_a_rule(self, risk, risk_manager):
        with pytest.raises(ValidationError) as refusal:
            edit_risk(risk, by=risk_manager, version=1, event="")
        assert list(refusal.value.message_dict) == ["event"]


class TestClose:
    def test_with_a_reason(self, risk, risk_manager):
        trail = Trail()
        close_risk(risk, by=risk_manager, reason="业务已停")
        stored = Risk.objects.get()
        assert (stored.state, stored.closed_reason) == ("closed", "业务已停")
        assert stored.closed_at is not None
        event = trail.only("registers_risk")
        assert (event.action, event.reason) == ("risk.closed", "业务已停")
        assert (event.before["state"], event.after["state"]) == ("identified", "closed")

    @pytest.mark.parametrize("service", [close_risk, reopen_risk])
    def test_without_a_reason(self, risk, risk_manager, service):
        with pytest.raises(ValidationError) as refusal:
            service(risk, by=risk_manager, reason="  ")
        assert list(refusal.value.message_dict) == ["reason"]

    def test_what_is_open_stands_in_the_way(self, risk, risk_manager, monkeypatch):
        monkeypatch.setattr("registers.closing._blockers", [])
        for _twice in range(2):
            register_blocker(_two_reasons)
        with pytest.raises(CannotClose) as refusal:
            close_risk(risk, by=risk_manager, reason="停办")
        assert refusal.value.reasons == ["方案未完", "复核未做"]
        assert str(refusal.value) == "方案未完 复核未做"
        assert Risk.objects.get().state == "identified"

    def test_twice(self, risk, risk_manager):
        close_risk(risk, by=risk_manager, reason="停办")
        with pytest.raises(WrongState):
            close_risk(risk, by=risk_manager, reason="停办")


class TestReopen:
    def test_a_closed_risk_starts_again(self, risk, risk_manager):
        close_risk(risk, by=risk_manager, reason="停办")
        trail = Trail()
        reopen_risk(risk, by=risk_manager, reason="又开办了")
        stored = Risk.objects.get()
        assert (stored.state, stored.closed_reason, stored.closed_at) == ("identified", "", None)
        event = trail.only("registers_risk")
        assert (event.action, event.reason) == ("risk.reopened", "又开办了")

    def test_an_open_risk(self, risk, risk_manager):
        with pytest.raises(WrongState) as refusal:
            reopen_risk(risk, by=risk_manager, reason="再来")
        assert Risk.objects.get().state == "identified"
        assert refusal.value.to == "identified"


@pytest.mark.parametrize("start", RiskState.values)
@pytest.mark.parametrize("to", RiskState.values)
def test_states_move_by_the_table_alone(start, to, risk, register, risk_manager):
    survivor = make_risk(register, by=risk_manager, title="留下的")
    fields = {"merged_into": survivor} if start == "merged" else {}
    reason = {"closed_reason": "停办"} if "closed" in {start, to} else {}
    Risk.objects.filter(pk=risk.pk).update(state=start, **fields, **reason)
    extra = {"merged_into": survivor} if to == "merged" else {}
    if to in RISK_NEXT_STATES[start]:
        move(risk, to, **extra)
        assert Risk.objects.get(pk=risk.pk).state == to
    else:
        with pytest.raises(WrongState):
            move(risk, to, **extra)
        assert Risk.objects.get(pk=risk.pk).state == start


def _two_reasons(_risk):
    return ["方案未完", "复核未做"]
