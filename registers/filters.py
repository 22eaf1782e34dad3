"""The filters of every list of risks: the list, its export, the heat map.

The words of the address are codes (`?register=SVC&level=high&department=OPS`). A value that does not
exist for this user finds nothing, and `is_forged` says so. `probability`, `impact` and `level` speak
of the residual risk unless `kind` says `inherent` or `target`.
"""

from datetime import timedelta
from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from registers.choices import (
    LEVEL_RANKS,
    OPEN_STATES,
    Controllability,
    Level,
    PlanState,
    RiskState,
    Strategy,
)
from registers.models import Risk
from registers.orders import ORDERS
from registers.querysets import ABOVE, WITHOUT_PLAN, RiskQuerySet, late_on
from registers.terms import Terms, terms_for
from riskhub.accounts.models import User
from riskhub.search.filters import WordsFilter
from riskhub.web.filters import CodedFilterSet, SearchFilter

SHOWN = ("group", "folded", "unfolded", "density")
BESIDE = frozenset({"page", "open", "columns", "saved", *SHOWN})
"""What else stands in the address of a list: how it is shown, which page, what is open beside it."""
OPEN, ALL, NOT_RATED, RESIDUAL, UNDONE = "open", "all", "none", "residual", "undone"

STATES = [(OPEN, _("Open")), *RiskState.choices, (ALL, _("All")), (UNDONE, _("Taken back"))]
LEVELS = [
    *((word, Level(rank).label) for word, rank in reversed(LEVEL_RANKS.items())),
    (NOT_RATED, _("Not rated")),
]
VIEWS = [
    ("above", _("Above appetite")),
    ("mine", _("Mine")),
    ("no_plan", _("Above appetite, no plan")),
    ("overdue", _("Overdue review")),
]
KINDS = [("inherent", _("Inherent")), (RESIDUAL, _("Residual")), ("target", _("Target"))]
SCORES = [(str(score), str(score)) for score in range(1, 6)]
_ONLY_OPEN = {OPEN, *OPEN_STATES}
# A risk that has none of these: no plan, no answer, no review planned.
NONE = ("none", _("None"))
REVIEWS = [("overdue", _("Overdue")), ("soon", _("Within 30 days")), ("none", _("No day set"))]
SOON = timedelta(days=30)
VALUES: dict[str, list[tuple[Any, Any]]] = {
    "importance": list(reversed(SCORES)),
    "controllability": Controllability.choices,
    "strategy": [*Strategy.choices, NONE],
    "plan": [*PlanState.choices, NONE],
}
"""The filters of what stands in a column of the risk itself, with their choices."""
_MAY_LACK = frozenset({"area", "line"})
MINOR = frozenset({"register", "line", "review", *VALUES})
"""Filters that stand behind “More” until they are used."""


class Several(django_filters.MultipleChoiceFilter):  # type: ignore[misc]  # has no types
    """Codes of one list of terms, each a tick."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - django-filter's arguments
        kwargs |= {"widget": forms.CheckboxSelectMultiple, "distinct": False}
        super().__init__(**kwargs)


class Single(django_filters.ChoiceFilter):  # type: ignore[misc]  # has no types
    """One of a few, each a radio button."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - django-filter's arguments
        super().__init__(widget=forms.RadioSelect, empty_label=None, **kwargs)


class RiskFilter(CodedFilterSet):
    """`terms` are read for the user unless given."""

    q = WordsFilter(label=_("Search"), method="matching")
    state = Single(label=_("Status"), choices=STATES, method="in_state")
    department = Several(label=_("Department"), method="of_terms")
    category = Several(label=_("Category"), method="of_terms")
    area = Several(label=_("Area"), method="of_terms")
    level = Several(label=_("Level"), method="of_level", choices=LEVELS)
    source = Several(label=_("Source"), method="of_sources")
    owner = SearchFilter(label=_("Owner"), method="owned_by")
    register = Several(label=_("Register"), method="of_terms")
    line = Several(label=_("Service"), method="of_lines")
    importance = Several(label=_("Importance"), method="of_values", choices=VALUES["importance"])
    review = Single(label=_("Next review"), choices=REVIEWS, method="reviewed")
    controllability = Several(
        label=_("Controllability"), method="of_values", choices=VALUES["controllability"]
    )
    strategy = Several(label=_("Strategy"), method="of_values", choices=VALUES["strategy"])
    plan = Several(label=_("Plan"), method="of_values", choices=VALUES["plan"])
    view = django_filters.ChoiceFilter(choices=VIEWS, method="in_view", widget=forms.HiddenInput)
    kind = django_filters.ChoiceFilter(
        choices=KINDS, method="as_they_are", widget=forms.HiddenInput
    )
    probability = django_filters.ChoiceFilter(
        choices=SCORES, method="scored", widget=forms.HiddenInput
    )
    impact = django_filters.ChoiceFilter(choices=SCORES, method="scored", widget=forms.HiddenInput)
    sort = django_filters.ChoiceFilter(
        choices=[(key, key) for key in ORDERS], method="sorted_by", widget=forms.HiddenInput
    )

    columns: ClassVar[dict[str, str]] = {
        "register": "register",
        "department": "owner_department",
        "category": "category",
        "area": "area",
        "source": "primary_source",
    }
    values: ClassVar[dict[str, str]] = {
        "importance": "business_importance",
        "controllability": "controllability",
        "strategy": "plan_strategy",
        "plan": "plan_state",
    }

    def __init__(self, data: QueryDict, user: User, terms: Terms | None = None) -> None:
        self.user, self.terms = user, terms or terms_for(user)
        values = self.known_in(data, BESIDE)
        values.setlist("register", self.terms.spelled("register", values.getlist("register")))
        if not values.get("state"):
            values["state"] = OPEN
        super().__init__(values, Risk.objects.visible_to(user))
        for name in (*self.columns, "line"):
            more = [NONE] if name in _MAY_LACK else []
            self.filters[name].extra["choices"] = self.terms.choices(name) + more

    def not_here(self) -> str:
        """Named by the filter, where it has a name."""
        wrong = [self.form[name] for name in self.form.errors]
        labels = ["" if field.is_hidden else str(field.label) for field in wrong]
        if not all(labels):
            return super().not_here()
        words = gettext(
            "Nothing is found: what is asked for under %(filters)s no longer exists, or it is not yours "
            "to see. Take it off."
        )
        return words % {
            "filters": pgettext("between names", ", ").join(f"“{label}”" for label in labels)
        }

    @property
    def chosen_kind(self) -> str:
        """The risk of which probability, impact and level are meant."""
        kind = self.data.get("kind")
        return kind if kind in dict(KINDS) else RESIDUAL

    @property
    def is_narrowed(self) -> bool:
        """Whether more than a register is chosen: then an empty list is no empty register."""
        return self._chosen() != set()

    def _chosen(self) -> set[str]:
        """The filters in use; neither register nor order, nor the open risks that go without saying."""
        chosen = {name: self.data.getlist(name) for name in self.filters}
        free = {name: chosen[name] for name in ("register", "sort", "kind")} | {"state": [OPEN]}
        return {name for name, values in chosen.items() if values and values != free.get(name)}

    @property
    def chosen_registers(self) -> list[int]:
        return self.terms.ids("register", self.data.getlist("register"))

    @property
    def qs(self) -> RiskQuerySet:
        """Filtered and in order; nothing where the address names what is not there."""
        if self.is_forged:
            return Risk.objects.none()
        found: RiskQuerySet = super().qs
        return found if found.ordered else found.order_by(*ORDERS["rank"])

    def tally(self) -> dict[str, int]:
        """How many rows each view shows with these filters, `all` without one; one query.

        `not_rated` are those of the chosen view that `level=none` shows; only the residual level is
        asked for, which the index of the tally holds.
        """
        return self._across_views().tally(self._counted())

    @property
    def no_tally(self) -> dict[str, int]:
        """What nothing would count."""
        return dict.fromkeys(("all", *self._counted()), 0)

    def tally_by(self, column: str) -> dict[Any, dict[str, int]]:
        """The same for each value of a column of the risk."""
        return self._across_views().tally_by(column, self._counted())

    def _counted(self) -> dict[str, Q]:
        conditions = self._views()
        if self.chosen_kind == RESIDUAL:
            chosen = conditions.get(self.data.get("view", ""), Q())
            conditions["not_rated"] = chosen & Q(residual_level=None)
        return conditions

    def _across_views(self) -> RiskQuerySet:
        """Filtered by everything but the view, in no order."""
        found: RiskQuerySet = self.queryset.all()
        if self.form.errors.keys() - {"view"}:
            return found.none()
        for name, value in self.form.cleaned_data.items():
            if name not in {"view", "sort"}:
                found = self.filters[name].filter(found, value)
        return found

    def _views(self) -> dict[str, Q]:
        """What each view asks; that a risk is open is asked only where closed ones are among them."""
        is_open = Q() if self.data["state"] in _ONLY_OPEN else Q(state__in=OPEN_STATES)
        return {
            "above": ABOVE & is_open,
            "mine": Q(owner=self.user),
            "no_plan": WITHOUT_PLAN & is_open,
            "overdue": late_on(timezone.localdate()) & is_open,
        }

    def matching(self, risks: RiskQuerySet, _name: str, text: str) -> RiskQuerySet:
        return risks.matching(text)

    def in_state(self, risks: RiskQuerySet, _name: str, state: str) -> RiskQuerySet:
        """What was taken back stands nowhere but where it is asked for."""
        if state in _ONLY_OPEN:
            return risks.open() if state == OPEN else risks.filter(state=state)
        if state == UNDONE:
            return risks.filter(is_undone=True)
        return risks.counted() if state == ALL else risks.counted().filter(state=state)

    def of_terms(self, risks: RiskQuerySet, name: str, codes: list[str]) -> RiskQuerySet:
        column = self.columns[name]
        condition = Q(**{f"{column}__in": self.terms.ids(name, codes)})
        lacks = name in _MAY_LACK and NONE[0] in codes
        return risks.filter(condition | Q(**{column: None}) if lacks else condition)

    def of_sources(self, risks: RiskQuerySet, name: str, codes: list[str]) -> RiskQuerySet:
        return risks.found_by(self.terms.ids(name, codes))

    def of_lines(self, risks: RiskQuerySet, name: str, codes: list[str]) -> RiskQuerySet:
        return risks.serving(self.terms.ids(name, codes), or_none=NONE[0] in codes)

    def of_values(self, risks: RiskQuerySet, name: str, words: list[str]) -> RiskQuerySet:
        values = ["" if word == NONE[0] else word for word in words]
        return risks.filter(**{f"{self.values[name]}__in": values})

    def reviewed(self, risks: RiskQuerySet, _name: str, when: str) -> RiskQuerySet:
        """Overdue are open ones only, as in the view of that name."""
        today = timezone.localdate()
        if when == "overdue":
            return risks.open().filter(late_on(today))
        days = None if when == "none" else (today, today + SOON)
        return (
            risks.filter(next_review_on__range=days) if days else risks.filter(next_review_on=None)
        )

    def of_level(self, risks: RiskQuerySet, _name: str, words: list[str]) -> RiskQuerySet:
        ranks = [LEVEL_RANKS[word] for word in words if word != NOT_RATED]
        column = f"{self.chosen_kind}_level"
        condition = Q(**{f"{column}__in": ranks})
        return risks.filter(condition | Q(**{column: None}) if NOT_RATED in words else condition)

    def scored(self, risks: RiskQuerySet, axis: str, score: str) -> RiskQuerySet:
        return risks.filter(**{f"{self.chosen_kind}_{axis}": score})

    def as_they_are(self, risks: RiskQuerySet, _name: str, _kind: str) -> RiskQuerySet:
        return risks

    def owned_by(self, risks: RiskQuerySet, _name: str, text: str) -> RiskQuerySet:
        """By name or sign-in name; a name that a file brought counts too."""
        people = User.objects.filter(Q(display_name__icontains=text) | Q(username__iexact=text))
        return risks.filter(Q(owner__in=people) | Q(owner_note__icontains=text))

    def in_view(self, risks: RiskQuerySet, _name: str, view: str) -> RiskQuerySet:
        return risks.filter(self._views()[view])

    def sorted_by(self, risks: RiskQuerySet, _name: str, sort: str) -> RiskQuerySet:
        return risks.order_by(*ORDERS[sort])
