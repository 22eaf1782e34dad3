"""What the command bar looks through.

Packages hand in their models in `ready()`:

    register_provider(Provider(
        key="risks", title=_("Risks"), order=10, model=Risk,
        conditions=lambda text: [Q(search__holds=text)], hit=lambda user, risk: Hit(risk.name, ...),
    ))

A provider names its model and never a row: the rows come from `model.objects.visible_to(user)`, here,
and what the provider adds can only narrow them. A model without `visible_to` is refused.

Pages that stand in no menu are named by `register_page`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q
from django.db.models.expressions import Combinable
from django_stubs_ext import StrOrPromise

from riskhub.accounts.models import User

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Hit:
    """One line of the results: `code` in front, `meta` behind; `lang` where the name is foreign."""

    name: str
    url: str
    code: str = ""
    meta: Sequence[StrOrPromise] = ()
    icon: str = "document-text"
    lang: str = ""


@dataclass(frozen=True, kw_only=True)
class Provider(Generic[Row]):
    """`conditions(text)` come best first: the next one is asked only while there is room for more.

    `aliases` are named expressions for them, `related` the foreign keys that a hit reads. `hit` answers
    None for a row whose page is not the user's to open. `every(text)` is the address of the whole list.
    """

    key: str
    title: StrOrPromise
    order: int
    model: type[Row]
    conditions: Callable[[str], Sequence[Q]]
    hit: Callable[[User, Row], Hit | None]
    ordering: Sequence[Any] = ("pk",)
    aliases: Mapping[str, Combinable] = field(default_factory=dict)
    related: Sequence[str] = ()
    every: Callable[[str], str] = lambda _text: ""

    def rows(self, user: User) -> Any:  # noqa: ANN401 - a queryset of the model
        """All that the user may see; everything else is a filter of these."""
        return self.model._default_manager.visible_to(user)  # type: ignore[attr-defined]  # see register


@dataclass(frozen=True)
class Page:
    """`allowed` is the permission that its view asks."""

    url_name: str
    name: StrOrPromise
    allowed: Callable[[User], bool]
    icon: str = "arrow-right"


_providers: dict[str, Provider[Any]] = {}
_pages: dict[str, Page] = {}


def register_provider(provider: Provider[Any]) -> None:
    """The same key again replaces it."""
    if not hasattr(provider.model._default_manager, "visible_to"):
        raise TypeError(f"{provider.model.__name__} does not say who sees which rows.")
    _providers[provider.key] = provider


def register_page(page: Page) -> None:
    _pages[page.url_name] = page


def providers() -> list[Provider[Any]]:
    return sorted(_providers.values(), key=lambda provider: (provider.order, provider.key))


def pages() -> list[Page]:
    return list(_pages.values())
