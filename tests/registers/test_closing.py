import pytest

from registers import closing
from registers.closing import NotOpen, closing_blockers, register_blocker, require_open


@pytest.fixture(autouse=True)
def _alone(monkeypatch):
    monkeypatch.setattr(closing, "_blockers", [])


def test_nothing_stands_in_the_way(risk):
    assert closing_blockers(risk) == []


def test_sentences_in_the_order_of_registration(risk):
    register_blocker(lambda _risk: ["一"])
    register_blocker(lambda risk: [risk.code] if risk.code else [])
    register_blocker(lambda _risk: [])
    risk.refresh_from_db()
    assert closing_blockers(risk) == ["一", "R001"]


def test_only_an_open_risk_is_changed(risk):
    require_open(risk)
    risk.state = "closed"
    with pytest.raises(NotOpen) as refusal:
        require_open(risk)
    assert str(refusal.value)
