"""Refusals of services that their forms do not let through, asked without a form."""

import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from assessments.models import MatrixScheme
from assessments.services.starter import presets, use_preset
from registers.models import RiskCategory
from registers.services import answer_proposal, file_proposal, filings
from registers.services.taxonomy import create_term
from riskhub.accounts.services.delegations import delegate_objection
from riskhub.accounts.services.leaving import _check_may_leave
from riskhub.audit.models import AuditEvent
from riskhub.files import services as files
from riskhub.files.models import Comment
from riskhub.notices.models import Notice
from riskhub.oversight.services.noting import note_on_event
from riskhub.search.services import create_saved_view
from riskhub.setup.people_lines import Person
from riskhub.setup.services import set_up_people
from tests.builders import assess, make_plan, make_risk
from tests.filings import ask

pytestmark = pytest.mark.django_db


def test_an_answer_needs_words(staff_cleaning, clean, risk_manager):
    filed, _new = file_proposal(
        by=staff_cleaning, client_uuid=uuid.uuid4(), text="漏水", department=clean
    )
    ask(filed, by=risk_manager)
    with pytest.raises(ValidationError):
        answer_proposal(filed, by=staff_cleaning, text=" ")


def test_no_fourth_category(risk_manager):
    with pytest.raises(ValidationError):
        create_term(RiskCategory, by=risk_manager, code="x", name_zh="新")


def test_nobody_stands_in_who_is_gone(approver, risk_manager):
    risk_manager.is_active = False
    assert delegate_objection(approver, risk_manager)


def test_nobody_leaves_twice(admin, outsider):
    outsider.is_active = False
    with pytest.raises(ValidationError):
        _check_may_leave(outsider, admin)


def test_a_view_is_not_shared_beyond_the_role(staff_cleaning):
    with pytest.raises(ValidationError):
        create_saved_view(
            "registers:risk_list",
            by=staff_cleaning,
            name="x",
            query={},
            columns=[],
            shared_with="all",
        )


def test_the_same_key_at_the_same_moment_is_looked_up_again(monkeypatch, staff_cleaning, clean):
    answers = [IntegrityError(), ("kept", False)]

    def file(*_args):
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(filings, "_file", file)
    key = uuid.uuid4()
    kept = file_proposal(by=staff_cleaning, client_uuid=key, text="漏水", department=clean)
    assert kept == ("kept", False)


def test_a_note_needs_words(auditor, register, risk_manager):
    make_risk(register, by=risk_manager)
    with pytest.raises(ValidationError):
        note_on_event(AuditEvent.objects.latest("pk"), by=auditor, text=" ", key=uuid.uuid4())


def test_an_account_may_begin_without_a_role(admin):
    (made,) = set_up_people([Person(1, "李四", "li.si", None, "", "")], by=admin)
    assert not made.role_assignments.exists()


def test_the_same_comment_twice_tells_nobody_again(monkeypatch, register, risk_manager):
    risk, key = make_risk(register, by=risk_manager), uuid.uuid4()
    monkeypatch.setattr(files.comments, "said_before", lambda *_args: None)
    for _time in range(2):
        files.add_comment(risk, "看一下", by=risk_manager, client_uuid=key)
    assert Comment.objects.count() == 1


def test_who_is_named_in_a_comment_on_a_plan_is_told(
    register, risk_manager, approver, second_manager
):
    risk = make_risk(register, by=risk_manager)
    assess(risk, (4, 4), (4, 4), by=risk_manager, confirmed_by=approver)
    plan = make_plan(risk, by=risk_manager)
    files.add_comment(plan, f"@{second_manager.display_name} 看一下", by=risk_manager)
    assert plan.code in Notice.objects.filter(user=second_manager).latest("pk").url


def test_a_matrix_where_none_is_in_force(risk_manager, monkeypatch):
    empty = MatrixScheme.objects.none()
    monkeypatch.setattr(type(empty), "in_force", lambda _rows: empty)
    monkeypatch.setattr("assessments.services.starter._put_in_force", lambda scheme: scheme)
    assert use_preset(next(iter(presets())), by=risk_manager, revenue=1_000_000).number > 1
