"""The columns of a register as a file: all of them, those that a list shows, or the guide's four.

They are named so that an import reads them back (headers in the active language). Levels, states and
answers are for people: an import keeps them as text, and leaves out targets and the priority index.
The scores' columns name their scale: without it an import asks, where no risk has a 5.
"""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from registers.columns import ALWAYS, known
from riskhub.reports.writers.tables import Column, Kind

# What a column of the list is in a file; the others have the same name in both.
_IN_FILES = {
    "name": ("title",),
    "level": ("residual_probability", "residual_impact", "level"),
    "inherent": ("inherent_probability", "inherent_impact", "inherent_level"),
    "target": ("target_probability", "target_impact", "target_level"),
    "priority": ("standing_priority",),
    "response": ("strategy", "plan"),
    "review": ("next_review_on",),
    "importance": ("business_importance",),
    "line": ("service_lines",),
    "control": ("controllability",),
    "assessed": ("assessed_on",),
    "reported": ("reported_on",),
}


def all_columns() -> tuple[Column, ...]:
    return _of(
        "code", "title", "cause", "event", "consequence", "category", "area", "source", "service_lines",
        "department", "owner", "business_importance", "inherent_probability", "inherent_impact",
        "residual_probability", "residual_impact", "level", "target_probability", "target_impact",
        "target_level", "standing_priority", "strategy", "plan", "state", "reported_on",
        "next_review_on", "register",
    )  # fmt: skip


def columns_shown(keys: Iterable[str]) -> tuple[Column, ...]:
    """Number, name and these columns of the list, in its order; unknown ones are left out."""
    names = [_IN_FILES.get(key, (key,)) for key in (*ALWAYS, *known(keys))]
    return _of(*(name for several in names for name in several))


def guide_columns() -> tuple[Column, ...]:
    """风险编号 | 风险描述 | 风险类别 | 发现来源: exactly these four, in this order (R-22)."""
    return (
        Column("code", _("Risk number"), width=12),
        Column("title", _("Risk description"), width=60),
        Column("category", _("Risk category"), width=18),
        Column("source", _("Risk source"), width=24),
    )


def _of(*names: str) -> tuple[Column, ...]:
    found = {column.key: column for column in _every()}
    return tuple(found[name] for name in names)


def _every() -> Sequence[Column]:
    return (
        Column("code", _("Risk number"), width=10),
        Column("title", _("Risk name"), width=36),
        Column("cause", _("Cause"), width=36),
        Column("event", _("Event description"), width=36),
        Column("consequence", _("Consequence"), width=36),
        Column("category", _("Risk category")),
        Column("area", _("Risk area")),
        Column("source", _("Source")),
        Column("service_lines", _("Service lines"), width=20),
        Column("department", _("Responsible department"), width=20),
        Column("owner", _("Risk owner")),
        Column("inherent_probability", _("Inherent probability (1–5)"), Kind.NUMBER, 26),
        Column("inherent_impact", _("Inherent impact (1–5)"), Kind.NUMBER, 26),
        Column("inherent_level", _("Inherent level"), width=10),
        Column("residual_probability", _("Residual probability (1–5)"), Kind.NUMBER, 26),
        Column("residual_impact", _("Residual impact (1–5)"), Kind.NUMBER, 26),
        Column("level", _("Risk level"), width=10),
        Column("target_probability", _("Target probability (1–5)"), Kind.NUMBER, 26),
        Column("target_impact", _("Target impact (1–5)"), Kind.NUMBER, 26),
        Column("target_level", _("Target level"), width=10),
        Column("standing_priority", _("Priority index"), Kind.NUMBER, 12),
        Column("business_importance", _("Business importance"), Kind.NUMBER, 12),
        Column("strategy", _("Response strategy"), width=12),
        Column("plan", _("Plan"), width=20),
        Column("state", _("Status"), width=12),
        Column("controllability", _("Controllability"), width=14),
        Column("assessed_on", _("Assessed on"), Kind.DATE, 12),
        Column("reported_on", _("Date identified"), Kind.DATE, 12),
        Column("next_review_on", _("Next review"), Kind.DATE, 12),
        Column("register", _("Register"), width=20),
    )
