"""The columns of the list of risks: their order is fixed, which of them are shown is everybody's own choice.

Number and name are always there.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

ALWAYS = ("code", "name")
DEFAULT = ("level", "response", "department", "owner", "review")
_TERM = ("name_zh", "name_en")


@dataclass(frozen=True)
class Column:
    """`order` is its key in `registers.orders`, `first` the direction that the first click gives.

    `needs` are the columns of the table that its cells read, `fields` what is edited in one: never the
    level, which an assessment gives.
    """

    key: str
    name: StrOrPromise
    order: str = ""
    first: str = ""
    needs: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()


def _cell(kind: str) -> tuple[str, ...]:
    return tuple(f"{kind}_{part}" for part in ("level", "probability", "impact"))


def _named(link: str) -> tuple[str, ...]:
    return tuple(f"{link}__{name}" for name in _TERM)


COLUMNS = (
    Column("code", _("No."), order="code"),
    Column("name", _("Name"), order="name", fields=("title",)),
    Column("level", _("Residual level"), order="level", first="-level", needs=_cell("residual")),
    Column("inherent", _("Inherent level"), needs=_cell("inherent")),
    Column("target", _("Target level"), needs=_cell("target")),
    Column("priority", _("Priority"), order="rank", needs=(
        "rank_key", "residual_probability", "residual_impact", "business_importance",
    )),
    Column("response", _("Response"), needs=(
        "plan_strategy", "plan_state", "plan_version", "plan_in_force",
    )),
    Column("department", _("Responsible department"), order="department", fields=("owner_department",)),
    Column("owner", _("Owner"), needs=("owner_note",), fields=("owner",)),
    Column("review", _("Next review"), order="review", needs=("next_review_on",), fields=("next_review_on",)),
    Column("importance", _("Importance"), needs=("business_importance",), fields=(
        "business_importance", "importance_reason",
    )),
    Column("category", _("Category"), needs=_named("category")),
    Column("area", _("Area"), needs=_named("area")),
    Column("source", _("Main source"), needs=_named("primary_source"), fields=("primary_source", "sources")),
    Column("line", _("Service"), needs=("service_lines",)),
    Column("state", _("Status")),
    Column("control", _("Controllability"), needs=("controllability",)),
    Column("assessed", _("Assessed on"), needs=("assessed_on",)),
    Column("reported", _("Found on"), needs=("reported_on",)),
    Column("register", _("Register"), needs=_named("register")),
)  # fmt: skip
BY_KEY = {column.key: column for column in COLUMNS}
CHOICES = tuple(column for column in COLUMNS if column.key not in ALWAYS)


def known(keys: Iterable[str]) -> list[str]:
    """Of these keys the ones that can be chosen, in the order in which the columns stand."""
    chosen = set(keys)
    return [column.key for column in CHOICES if column.key in chosen]
