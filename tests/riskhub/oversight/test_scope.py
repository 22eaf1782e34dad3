"""Both ways of finding the events of a department find the same ones."""

import pytest

from registers.services import close_risk
from riskhub.audit.models import AuditEvent
from riskhub.audit.services import note_event
from riskhub.oversight import scope
from riskhub.oversight.scope import events_audited_by, events_visible_to
from tests.builders import make_risk
from tests.cast import make_user


@pytest.fixture
def done(register, risk_manager, clean, repair):
    for department in (clean, repair):
        risk = make_risk(register, by=risk_manager, department=department)
        close_risk(risk, by=risk_manager, reason="停")
    note_event(by=risk_manager, action="risk.exported", object_type="registers_risk")


def seen(events):
    return set(events.values_list("pk", flat=True))


@pytest.mark.parametrize("name", ["head_cleaning", "head_repair"])
def test_few_things_and_many_give_the_same(done, request, monkeypatch, name):
    user = request.getfixturevalue(name)
    by_keys = seen(events_visible_to(user))
    monkeypatch.setattr(scope, "FEW", 0)
    assert seen(events_visible_to(user)) == by_keys
    assert 0 < len(by_keys) < AuditEvent.objects.count()


def test_one_query_finds_out_how_much_there_is(done, head_cleaning, queries_of):
    head_cleaning.roles  # noqa: B018 - read once per request
    assert queries_of(lambda: seen(events_visible_to(head_cleaning))) == 2


def test_an_auditor_audits_their_departments_and_nobody_what_they_did(done, tech, ops, auditor):
    reader = make_user("auditor.tech", "孙悦", "auditor", tech)
    head = make_user("head.too", "周立", "department_head", ops)
    audited = events_audited_by(reader)
    assert seen(audited) == seen(events_visible_to(reader))
    assert {e.object_label for e in audited.filter(object_type="registers_risk")} == {"R002"}
    assert seen(events_audited_by(head)) == set()
    assert seen(events_audited_by(auditor)) == seen(AuditEvent.objects.all())


def test_a_package_without_things_of_departments(head_cleaning, monkeypatch):
    monkeypatch.setattr(scope, "_departments", {})
    assert seen(events_visible_to(head_cleaning)) == set()
