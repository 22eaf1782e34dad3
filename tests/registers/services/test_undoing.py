"""Taking back what was put in, many at once: all of it or, where one was touched, none.

Each step is a transaction of its own here, as in the product: by that what came later is told apart.
"""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registers.models import Risk, RiskOrigin, RiskSource
from registers.services import (
    close_risk,
    create_register,
    create_risks,
    edit_risk,
    file_proposal,
    link_control,
    merge_proposal,
    redo_risks,
    undo_risks,
    unlink_control,
)
from registers.services.drafts import Origin
from registers.touches import Touched, touches_since
from riskhub.accounts.models import Department
from riskhub.audit.models import AuditEvent
from riskhub.audit.transitions import WrongState
from tests.builders import assess, make_control, make_plan
from tests.cast import make_user
from tests.registers.audit import Trail
from tests.registers.services.test_risks import draft

pytestmark = pytest.mark.django_db(transaction=True)


class Made:
    """Risks that one transaction put in, and its number."""

    def __init__(self, count):
        self.manager = make_user("manager", "陈静", "risk_manager")
        self.register = create_register(
            by=self.manager,
            code="SVC",
            name_zh="服务",
            department=Department.objects.get(code="OPS"),
        )
        self.risks, self.acts = self.more(count)

    def more(self, count):
        drafts = [
            draft(self.register, title=f"风险 {n}", origin=Origin("import", f"f:{n}"))
            for n in range(count)
        ]
        risks = create_risks(drafts, by=self.manager)
        event = AuditEvent.objects.filter(object_type="registers_risk").latest("pk")
        return risks, [event.transaction_id]

    def undo(self):
        return undo_risks(self.risks, by=self.manager, acts=self.acts, reason="误传")


@pytest.fixture
def made(transactional_db):
    return Made(3)


TOUCHES = {
    "edited": lambda risk, by: edit_risk(risk, by=by, version=None, title="新名"),
    "assessed": lambda risk, by: assess(risk, (1, 2), (1, 2), by=by),
    "linked": lambda risk, by: link_control(
        risk, make_control(risk.owner_department, by=by), by=by
    ),
    "linked for a moment": lambda risk, by: unlink_control(
        link_control(risk, make_control(risk.owner_department, by=by), by=by), by=by
    ),
    "planned": lambda risk, by: make_plan(risk, by=by),
    "merged into": lambda risk, by: merge_proposal(
        file_proposal(by=by, client_uuid=uuid4(), text="又一次", department=risk.owner_department)[0],
        into=risk, by=by,
    ),
}  # fmt: skip


@pytest.mark.parametrize("action", TOUCHES)
def test_what_was_touched_stands_in_the_way_of_all(made, action):
    second = make_user("second", "李强", "risk_manager")
    TOUCHES[action](made.risks[1], second)
    with pytest.raises(Touched) as refusal:
        made.undo()
    (reason,) = refusal.value.reasons
    assert reason.startswith("R002：")
    assert "李强" in reason
    assert not Risk.objects.exclude(state__in=["identified", "assessed"]).exists()
    assert not Risk.objects.filter(is_undone=True).exists()


def test_untouched_they_are_closed_marked_and_keep_their_numbers(made):
    before = made.more(1)[0][0]
    trail = Trail()
    made.undo()
    assert trail.events() == [("risk.undone", "registers_risk", "update")] * 3
    rows = Risk.objects.order_by("number").values_list(
        "code", "state", "is_undone", "closed_reason"
    )
    assert list(rows) == [
        ("R001", "closed", True, "误传"),
        ("R002", "closed", True, "误传"),
        ("R003", "closed", True, "误传"),
        (before.code or "R004", "identified", False, ""),
    ]
    assert made.more(1)[0][0].number == 5
    with pytest.raises(WrongState):
        made.undo()


def test_what_belongs_to_the_same_act_is_no_touch(made):
    assert touches_since(made.risks, made.acts) == []
    assert touches_since(made.risks, []) == []


def test_everybody_who_touched_it_is_named_once_for_each_act_the_oldest_first(made):
    second = make_user("second", "李强", "risk_manager")
    audit = RiskSource.objects.get(code="audit")
    edit_risk(made.risks[2], by=second, version=None, title="新名", sources=[audit])
    edit_risk(made.risks[0], by=made.manager, version=None, title="新名")
    close_risk(made.risks[0], by=made.manager, reason="停了")
    touches = touches_since(made.risks, made.acts)
    assert [(t.risk.code, t.action, t.actor) for t in touches] == [
        ("R003", "修改", "李强"), ("R001", "修改", "陈静"), ("R001", "已关闭", "陈静"),
    ]  # fmt: skip


def test_of_many_touches_the_first_ten_are_told_and_the_rest_counted(made):
    for number in range(12):
        edit_risk(made.risks[0], by=made.manager, version=None, title=f"第 {number} 名")
    refusal = Touched(touches_since(made.risks, made.acts))
    assert (len(refusal.touches), len(refusal.reasons), refusal.reasons[-1]) == (
        12,
        11,
        "另有 2 项",
    )


def test_put_in_again_they_take_the_new_words_and_keep_the_old_numbers(made):
    made.undo()
    audit = RiskSource.objects.get(code="audit")
    drafts = [
        draft(made.register, title=f"新 {n}", sources=[audit], origin=Origin("import", f"f:{n}"))
        for n in range(3)
    ]
    redone = redo_risks(list(zip(made.risks, drafts, strict=True)), by=made.manager)
    assert [(r.code, r.title, r.state, r.is_undone, r.closed_reason) for r in redone] == [
        (f"R00{n + 1}", f"新 {n}", "identified", False, "") for n in range(3)
    ]
    assert [r.row_version for r in Risk.objects.order_by("pk")] == [3, 3, 3]
    assert {s.code for s in redone[0].sources.all()} == {"incident", "audit"}
    assert RiskOrigin.objects.count() == 3
    with pytest.raises(WrongState):
        redo_risks([(made.risks[0], drafts[0])], by=made.manager)


def test_as_many_queries_for_thirty_as_for_three(made):
    def count(risks, acts):
        with CaptureQueriesContext(connection) as undone:
            undo_risks(risks, by=made.manager, acts=acts, reason="误传")
        pairs = [(risk, draft(made.register, title="新")) for risk in risks]
        with CaptureQueriesContext(connection) as redone:
            redo_risks(pairs, by=made.manager)
        return len(undone), len(redone)

    three = count(made.risks, made.acts)
    assert count(*made.more(30)) == three
