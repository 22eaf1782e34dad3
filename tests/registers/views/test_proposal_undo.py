from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from registers.models import Risk, RiskProposal
from registers.services import decline_proposal
from registers.touches import Touch, Touched
from riskhub.entry import undo
from tests.registers.audit import Trail
from tests.registers.pages import main_of, messages_of
from tests.registers.views.triage_page import accept, filed, url

__all__ = ["accept", "filed", "url"]


@pytest.fixture
def accepted(accept, manager, url):
    manager.post(url, accept)
    return Risk.objects.get()


@pytest.fixture
def undo_url(url):
    return f"{url}undo/"


def test_the_filing_waits_again_and_the_risk_is_taken_back(accepted, manager, url, undo_url):
    trail = Trail()
    response = manager.post(undo_url)
    assert (response.status_code, response["Location"]) == (302, url)
    assert messages_of(response)[-1] == "已撤销，上报重新等待处理。"
    assert trail.events() == [
        ("risk.undone", "registers_risk", "update"),
        ("proposal.undone", "registers_riskproposal", "update"),
    ]
    assert RiskProposal.objects.get().state == "submitted"
    risk = Risk.objects.get()
    assert (risk.code, risk.state, risk.is_undone) == ("R001", "closed", True)


def test_by_htmx_the_page_follows(accepted, manager, url, undo_url):
    response = manager.post(undo_url, headers={"HX-Request": "true"})
    assert (response.status_code, url in response["HX-Location"]) == (204, True)


def test_pressed_twice(accepted, manager, undo_url):
    manager.post(undo_url)
    response = manager.post(undo_url)
    assert response.status_code == 409
    assert "尚未决定，仍在等待。" in main_of(response)


def test_too_late(accepted, manager, undo_url, monkeypatch):
    clock = SimpleNamespace(now=lambda: timezone.now() + timedelta(seconds=40))
    monkeypatch.setattr(undo, "timezone", clock)
    response = manager.post(undo_url)
    assert response.status_code == 409
    assert "只能在 30 秒内撤销。 改为注明原因后关闭 R001。" in main_of(response)
    assert RiskProposal.objects.get().state == "accepted"


def test_worked_on_in_the_meantime(accepted, manager, undo_url, monkeypatch):
    def refuse(_proposal, *, by):
        raise Touched([Touch(accepted, "修改", "李强", timezone.now())])

    monkeypatch.setattr("registers.views.triage.undo_decision", refuse)
    response = manager.post(undo_url)
    assert response.status_code == 409
    assert "之后有改动：R001：修改，李强，" in main_of(response)


def test_not_by_another_manager(accepted, sign_in, second_manager, undo_url, risk_manager):
    response = sign_in(second_manager).post(undo_url)
    assert response.status_code == 409
    assert str(risk_manager) in main_of(response)
    assert Risk.objects.get().is_undone is False


def test_not_where_another_decided_since(filed, accepted, manager, second_manager, undo_url):
    manager.post(undo_url)
    decline_proposal(RiskProposal.objects.get(), by=second_manager, reason="重复")
    response = manager.post(undo_url)
    assert (response.status_code, str(second_manager) in main_of(response)) == (409, True)
    assert RiskProposal.objects.get().state == "declined"


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("staff_cleaning", 403), ("head_cleaning", 403), ("auditor", 403), ("staff_repair", 404),
        ("approver", 404), ("outsider", 404),
    ],
)  # fmt: skip
def test_who_may(accepted, sign_in, request, undo_url, who, status):
    assert sign_in(request.getfixturevalue(who)).post(undo_url).status_code == status
    assert RiskProposal.objects.get().state == "accepted"


def test_one_that_there_is_not(manager):
    assert manager.post("/inbox/triage/9999/undo/").status_code == 404


@pytest.mark.parametrize("method", ["get", "head", "put", "delete"])
def test_only_by_post(accepted, manager, undo_url, method):
    assert getattr(manager, method)(undo_url).status_code == 405
    assert RiskProposal.objects.get().state == "accepted"
