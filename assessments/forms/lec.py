"""LEC on the form, for risks of staff safety: three lists, all of them or none."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from assessments.lec import Lec
from assessments.lec_words import CONSEQUENCE, EXPOSURE, LIKELIHOOD

_TABLES: Mapping[str, tuple[StrOrPromise, Mapping[str, StrOrPromise]]] = {
    "lec_likelihood": (gettext_lazy("L: how likely is an accident?"), LIKELIHOOD),
    "lec_exposure": (gettext_lazy("E: how often is somebody exposed?"), EXPOSURE),
    "lec_consequence": (gettext_lazy("C: what would come of it?"), CONSEQUENCE),
}
NAMES = tuple(_TABLES)


def lec_fields() -> dict[str, forms.Field]:
    return {
        name: forms.ChoiceField(
            label=label, required=False,
            choices=[("", _("not scored")), *((value, f"{value} {words}") for value, words in table.items())],
        )
        for name, (label, table) in _TABLES.items()
    }  # fmt: skip


def lec_of(values: Mapping[str, Any]) -> Lec | None:
    """Of what is chosen now; None unless all three are out of the tables."""
    chosen = [str(values.get(name) or "") for name in NAMES]
    if not all(
        value in table for value, (_label, table) in zip(chosen, _TABLES.values(), strict=True)
    ):
        return None
    return Lec(*map(Decimal, chosen))


def lec_fault(data: Mapping[str, Any]) -> str | None:
    """The first list that is empty while another is not."""
    missing = [name for name in NAMES if not data.get(name)]
    return missing[0] if missing and len(missing) < len(NAMES) else None
