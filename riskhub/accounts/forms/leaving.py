"""Who takes over what: one new owner for a group, or one for each thing in it."""

from collections.abc import Collection, Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from riskhub.accounts.leaving import Holding, Item
from riskhub.accounts.models import User
from riskhub.web.forms import Line

NOBODY = "nobody"


class LeavingForm(forms.Form):
    """`each` are the keys of the groups whose things are given one by one."""

    reason = Line(label=_("Why"), required=False, max_length=200)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's arguments
        holdings: list[Holding],
        each: Collection[str],
        **kwargs: Any,  # noqa: ANN401 - Django's arguments
    ) -> None:
        super().__init__(*args, **kwargs)
        self.holdings, self.each = holdings, set(each)
        for holding in holdings:
            for name, label in self._fields_of(holding):
                self.fields[name] = _choice(holding, label)

    def groups(self) -> Iterator[tuple[Holding, bool, list[tuple[Item | None, BoundField]]]]:
        """(group, one by one?, [(thing or None for all of them, its field)])."""
        for holding in self.holdings:
            is_each = holding.key in self.each
            things: list[Item | None] = [*holding.items] if is_each else [None]
            names = [name for name, _label in self._fields_of(holding)]
            yield (
                holding,
                is_each,
                [(thing, self[name]) for thing, name in zip(things, names, strict=True)],
            )

    def heirs(self) -> dict[str, dict[int, User | None]]:
        """{kind: {key: heir}} as the services take it."""
        found: dict[str, dict[int, User | None]] = {}
        for holding in self.holdings:
            people = {str(user.pk): user for user in holding.heirs}
            names = [name for name, _label in self._fields_of(holding)]
            for number, item in enumerate(holding.items):
                name = names[number] if holding.key in self.each else names[0]
                chosen = people.get(self.cleaned_data[name])
                found.setdefault(holding.kind, {})[item.pk] = chosen
        return found

    def _fields_of(self, holding: Holding) -> list[tuple[str, str]]:
        """The name of each field of the group, and its label."""
        if holding.key not in self.each:
            is_one = len(holding.items) == 1
            group = holding.items[0].label if is_one else holding.title
            whole = _("New owner of: %(group)s") % {"group": group}
            return [(f"to-{holding.key}", whole)]
        return [(f"to-{holding.key}-{item.pk}", item.label) for item in holding.items]


def _choice(holding: Holding, label: str) -> forms.ChoiceField:
    people = [(str(user.pk), str(user)) for user in holding.heirs]
    nobody = [(NOBODY, _("nobody for now"))] if holding.may_be_nobody else []
    return forms.ChoiceField(label=label, choices=[("", _("Choose")), *nobody, *people])
