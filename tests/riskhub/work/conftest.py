import pytest

from riskhub.work import hints, registry


@pytest.fixture(autouse=True)
def no_silence(monkeypatch):
    """What a broker did in another test is forgotten."""
    monkeypatch.setattr(hints, "_quiet_until", 0.0)


@pytest.fixture
def done(monkeypatch):
    """The payloads that were done; kind `good` does, `bad` never can."""
    payloads = []

    def fail(_payload):
        raise ZeroDivisionError

    def fail_with_words(payload):
        raise ValueError(payload["words"])

    monkeypatch.setattr(
        registry, "_handlers", {"good": payloads.append, "bad": fail, "loud": fail_with_words}
    )
    monkeypatch.setattr(registry, "_names", {})
    monkeypatch.setattr(registry, "_derivers", [])
    return payloads
