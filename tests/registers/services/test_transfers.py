"""Policies, clauses and suppliers: entered once, changed, ended and taken into use again."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from registers.choices import TRANSFER_NEXT_STATES
from registers.models import ContractClause, InsurancePolicy, Supplier
from registers.models.transfers import TRANSFERS
from registers.services import (
    TransferDraft,
    create_transfer,
    edit_transfer,
    end_transfer,
    reopen_transfer,
)
from riskhub.audit.context import acting
from riskhub.audit.transitions import WrongState
from riskhub.audit.versions import StaleVersion
from riskhub.entry.repeats import KeyReused
from tests.registers.audit import Trail

TODAY = date(2026, 9, 24)
STEPS = {"ended": end_transfer, "active": reopen_transfer}


@pytest.fixture
def policy(risk_manager):
    return enter(risk_manager)


def enter(by, model=InsurancePolicy, **facts):
    draft = TransferDraft(**{"code": "p-7", "name_zh": "公众责任险"} | facts)
    return create_transfer(model, draft, by=by)


@pytest.mark.parametrize("model", TRANSFERS.values(), ids=TRANSFERS)
def test_entered_with_everything(model, risk_manager):
    trail = Trail()
    enter(
        risk_manager, model, name_en="Public liability", valid_until=date(2026, 12, 31), note="续"
    )
    stored = model.objects.get()
    assert (stored.code, stored.name_zh, stored.name_en, stored.valid_until, stored.note) == (
        "P-7", "公众责任险", "Public liability", date(2026, 12, 31), "续",
    )  # fmt: skip
    assert (stored.state, stored.key) == ("active", f"{model.kind}:P-7")
    assert [action for action, *_rest in trail.events()] == ["transfer.created"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("code", ""), ("code", "a b"), ("name_zh", " "), ("valid_until", date(2126, 1, 1))],
)
def test_refused(risk_manager, field, value):
    with pytest.raises(ValidationError) as refusal:
        enter(risk_manager, **{field: value})
    assert list(refusal.value.message_dict) == [field]
    assert not InsurancePolicy.objects.exists()


def test_a_code_is_given_once_in_each_list(policy, risk_manager):
    with pytest.raises(ValidationError) as refusal:
        enter(risk_manager, code="P-7")
    assert "code" in refusal.value.message_dict
    enter(risk_manager, Supplier)
    with acting(risk_manager, "test"), pytest.raises(IntegrityError), transaction.atomic():
        InsurancePolicy.objects.create(code="p-7", name_zh="别的")


def test_sent_twice_is_one(risk_manager):
    key = uuid4()
    first = enter(risk_manager, client_uuid=key)
    assert enter(risk_manager, client_uuid=key) == first
    with pytest.raises(KeyReused):
        enter(risk_manager, client_uuid=key, code="P-8")
    assert InsurancePolicy.objects.count() == 1


def test_two_at_the_same_moment_are_one(policy, risk_manager, monkeypatch):
    """Each looked before the other had saved."""
    monkeypatch.setattr(InsurancePolicy, "full_clean", lambda _self, **_kwargs: None)
    with pytest.raises(ValidationError) as refusal:
        enter(risk_manager)
    assert list(refusal.value.message_dict) == ["code"]
    key = uuid4()
    first = enter(risk_manager, code="P-8", client_uuid=key)
    found = iter([InsurancePolicy.objects.none(), InsurancePolicy.objects.all()])
    rows = InsurancePolicy._default_manager
    monkeypatch.setattr(rows, "filter", lambda **facts: next(found).filter(**facts))
    assert enter(risk_manager, code="P-8", client_uuid=key) == first


def test_changed_and_the_code_stays(policy, risk_manager):
    trail = Trail()
    edit_transfer(policy, by=risk_manager, version=1, valid_until=TODAY, note="续保")
    event = trail.only("registers_insurancepolicy")
    assert event.action == "transfer.edited"
    assert event.after == {"valid_until": "2026-09-24", "note": "续保", "row_version": 2}
    with pytest.raises(StaleVersion):
        edit_transfer(policy, by=risk_manager, version=1, note="旧")
    with pytest.raises(ValidationError):
        edit_transfer(policy, by=risk_manager, version=2, name_zh="")


def test_every_pair_of_states(policy, risk_manager):
    """State x action: what the table does not allow is refused, by the service that would do it."""
    for before, allowed in TRANSFER_NEXT_STATES.items():
        for after, step in STEPS.items():
            with acting(risk_manager, "test"):
                InsurancePolicy.objects.update(state=before)
            try:
                moved = step(policy, by=risk_manager).state == after
            except WrongState:
                moved = False
            assert moved == (after in allowed), (before, after)


def test_no_state_but_these(policy, risk_manager):
    with acting(risk_manager, "test"), pytest.raises(IntegrityError), transaction.atomic():
        InsurancePolicy.objects.update(state="lost")


@pytest.mark.parametrize(
    ("until", "in_force", "expired", "within"),
    [(None, True, False, 0), (0, True, False, 7), (7, True, False, 7), (8, True, False, 30),
     (31, True, False, 60), (60, True, False, 60), (61, True, False, 0), (-1, False, True, 0)],
)  # fmt: skip
def test_what_holds_on_a_day(risk_manager, until, in_force, expired, within):
    """The words of the row and the lists of the database say the same."""
    day = timezone.localdate()
    made = enter(risk_manager, ContractClause)
    made.valid_until = None if until is None else day + timedelta(days=until)
    with acting(risk_manager, "test"):
        made.save()
    rows = ContractClause.objects
    assert rows.in_force(day).exists() == made.is_in_force == in_force
    assert rows.expired(day).exists() == made.is_expired == expired
    assert (made.ends_within or 0) == within
    for days in (7, 30, 60):
        assert rows.ending(day, within=days).exists() == bool(within and within <= days)
    end_transfer(made, by=risk_manager)
    assert not rows.in_force(day).exists()
    assert not rows.expired(day).exists()
    assert not ContractClause.objects.get().is_in_force


def test_who_sees_a_risk_reads_them(policy, staff_cleaning, auditor, outsider):
    for user in (staff_cleaning, auditor):
        assert list(InsurancePolicy.objects.visible_to(user)) == [policy]
    assert not InsurancePolicy.objects.visible_to(outsider).exists()


def test_what_ends_first_stands_first_and_what_was_ended_last(risk_manager):
    months = {"A": None, "B": 12, "C": 10, "D": 1}
    for code, month in months.items():
        made = enter(risk_manager, code=code, valid_until=month and date(2026, month, 1))
    end_transfer(made, by=risk_manager)
    ordered = InsurancePolicy.objects.in_order().values_list("code", flat=True)
    assert list(ordered) == ["C", "B", "A", "D"]
