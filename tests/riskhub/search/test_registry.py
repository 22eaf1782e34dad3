import pytest
from django.db.models import Q

from registers.models import Risk, RiskCategory
from riskhub.search import registry
from riskhub.search.registry import Hit, Page, Provider, pages, providers, register_page
from riskhub.search.registry import register_provider as register


@pytest.fixture(autouse=True)
def _only_these(monkeypatch):
    monkeypatch.setattr(registry, "_providers", {})
    monkeypatch.setattr(registry, "_pages", {})


def provider(**facts):
    values = {"key": "a", "title": "A", "order": 1, "model": Risk,
              "conditions": lambda _text: [Q()], "hit": lambda _user, _row: None}  # fmt: skip
    return Provider(**(values | facts))


def test_a_model_that_does_not_say_who_sees_what_is_refused():
    with pytest.raises(TypeError, match="RiskCategory does not say who sees which rows"):
        register(provider(model=RiskCategory))
    assert providers() == []


def test_the_same_key_again_replaces_it_and_they_stand_in_order():
    for one in (provider(order=2, title="old"), provider(key="b"), provider(order=3, title="new")):
        register(one)
    assert [one.title for one in providers()] == ["A", "new"]


def test_every_model_that_is_looked_through_has_a_scope_of_rows(monkeypatch):
    monkeypatch.undo()
    found = {one.key: one.model._meta.label for one in providers()}
    assert found["risks"] == "registers.Risk"
    assert {"risks", "registers", "filings", "people", "plans", "actions", "reports"} <= {*found}


def test_pages_by_their_address():
    for name in ("old", "new"):
        register_page(Page("home", name, lambda _user: True))
    assert [page.name for page in pages()] == ["new"]
    assert Hit("x", "/").icon == "document-text"
