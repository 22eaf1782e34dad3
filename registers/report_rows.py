"""The rows of a register as a file: read in batches, never kept, and what the codes are in words."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.db.models import F
from django.utils.translation import get_language, pgettext

from registers.choices import Controllability, Level, PlanState, RiskState, Strategy
from registers.models import Risk
from registers.querysets import RiskQuerySet
from registers.responses import versions_in_words
from riskhub.accounts.bilingual import in_language

AT_ONCE = 2000
_NAMED = ("register", "category", "area", "primary_source", "owner_department")
_PLAIN = (
    "pk", "code", "title", "title_alt", "cause", "event", "consequence", "lang", "owner_note", "state",
    "inherent_probability", "inherent_impact", "inherent_level", "residual_probability",
    "residual_impact", "residual_level", "target_probability", "target_impact", "target_level",
    "plan_strategy", "plan_state", "plan_version", "plan_in_force", "business_importance",
    "controllability", "standing_priority", "assessed_on", "next_review_on", "reported_on",
)  # fmt: skip
_LABELS: dict[str, dict[Any, Any]] = {
    "state": dict(RiskState.choices),
    "inherent_level": dict(Level.choices),
    "residual_level": dict(Level.choices),
    "target_level": dict(Level.choices),
    "plan_strategy": dict(Strategy.choices),
    "plan_state": dict(PlanState.choices),
    "controllability": dict(Controllability.choices),
}


class Counted:
    """Rows of any kind; how many there were is known afterwards."""

    def __init__(self, rows: Iterable[dict[str, Any]]) -> None:
        self.rows, self.count = rows, 0

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for row in self.rows:
            self.count += 1
            yield row


def rows_in_words(risks: RiskQuerySet, *, with_lines: bool = False) -> Iterator[dict[str, Any]]:
    """In the order of the risks; the service lines only where they are wanted: a query for each batch."""
    names = {
        f"{one}_{tongue}": F(f"{one}__name_{tongue}") for one in _NAMED for tongue in ("zh", "en")
    }
    people = {"owner_name": F("owner__display_name"), "owner_login": F("owner__username")}
    rows = risks.values(*_PLAIN, **names, **people)
    for batch in batches(rows.iterator(chunk_size=AT_ONCE)):
        lines = _lines([row["pk"] for row in batch]) if with_lines else {}
        for row in batch:
            yield row | _in_words(row) | {"service_lines": lines.get(row["pk"], "")}


def batches(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    waiting = iter(rows)
    while batch := list(islice(waiting, AT_ONCE)):
        yield batch


def _lines(keys: Sequence[int]) -> dict[int, str]:
    found: dict[int, list[str]] = {}
    joins = Risk.service_lines.through.objects.filter(risk__in=keys).order_by(
        "serviceline__order", "serviceline__code"
    )
    facts = joins.values_list("risk_id", "serviceline__name_zh", "serviceline__name_en")
    for risk, name_zh, name_en in facts:
        found.setdefault(risk, []).append(in_language(name_zh, name_en))
    comma = pgettext("between names", ", ")
    return {risk: comma.join(names) for risk, names in found.items()}


def _in_words(row: dict[str, Any]) -> dict[str, Any]:
    words: dict[str, Any] = {
        name: in_language(row[f"{name}_zh"] or "", row[f"{name}_en"] or "") for name in _NAMED
    }
    for name, labels in _LABELS.items():
        words[name] = str(labels.get(row[name], ""))
    standing = versions_in_words(words["plan_state"], row["plan_version"], row["plan_in_force"])
    return words | {
        "residual_level_rank": row["residual_level"],
        "title": _title(row),
        "source": words["primary_source"],
        "department": words["owner_department"],
        "owner": row["owner_name"] or row["owner_login"] or row["owner_note"],
        "level": words["residual_level"],
        "strategy": words["plan_strategy"],
        "plan": standing,
    }


def _title(row: dict[str, Any]) -> str:
    """In the file's language where there is a translation, as on the page."""
    is_foreign = (get_language() or "zh-hans") != row["lang"]
    return str((row["title_alt"] if is_foreign else "") or row["title"])
