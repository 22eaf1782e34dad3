"""Taking a bulk edit back from its toast."""

from datetime import timedelta

import pytest
from django.utils import timezone

from registers.models import BulkEdit, Risk
from registers.services import edit_risk, edit_risks
from registers.weighing import Change
from tests.registers.pages import messages_of


@pytest.fixture
def bulk(risk, risk_manager):
    change = Change(next_review_on=timezone.localdate() + timedelta(9))
    return edit_risks([risk], change, by=risk_manager)


def undo(client, bulk):
    answer = client.post(f"/risks/bulk/{bulk.pk}/undo/")
    assert answer["Location"] == "/risks/"
    return messages_of(client.get("/risks/"))


def test_as_it_was_and_only_once(bulk, manager):
    assert undo(manager, bulk) == ["1 项风险已恢复原样。"]
    assert Risk.objects.get().next_review_on is None
    assert undo(manager, bulk) == ["已经撤回。"]


def test_touched_or_too_late(bulk, manager, second_manager):
    edit_risk(Risk.objects.get(), by=second_manager, version=None, title="新名")
    assert undo(manager, bulk) == ["没有撤回：R001 之后有改动，手动改回即可。"]
    BulkEdit.objects.update(made_at=timezone.now() - timedelta(minutes=2))
    (told,) = undo(manager, bulk)
    assert "30" in told
    assert Risk.objects.get().next_review_on is not None


def test_only_whoever_did_it(bulk, sign_in, second_manager, auditor):
    assert sign_in(second_manager).post(f"/risks/bulk/{bulk.pk}/undo/").status_code == 404
    assert sign_in(auditor).post(f"/risks/bulk/{bulk.pk}/undo/").status_code == 403


def test_back_to_the_list_that_it_was_done_from(risk, manager):
    listed = "department=OPS&group=level"
    sent = {
        "pick": risk.code,
        "list": listed,
        "business_importance": "5",
        "importance_reason": "客户多",
    }
    shown = manager.post("/risks/bulk/", sent)
    manager.post("/risks/bulk/", sent | {"digest": shown.context["effect"].digest})
    (message,) = manager.get(f"/risks/?{listed}").context["messages"]
    answer = manager.post(message.extra_tags.split()[2])
    assert answer["Location"] == f"/risks/?{listed}"


def test_it_is_a_button(bulk, manager):
    assert manager.get(f"/risks/bulk/{bulk.pk}/undo/").status_code == 405
