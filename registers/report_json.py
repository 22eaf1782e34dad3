"""A register as JSON: one object, its `risks` with the names and codes of the API.

    {"format": "riskhub.risks", "version": 1, "exported_at": "2026-11-22T10:00:00+08:00",
     "risks": [{"code": "R001", "register": "SVC", ..., "residual": {"probability": 2, "impact": 5,
                "level": "high"}, ...}]}

What has no value is null or an empty text, never left out. Levels are words, people sign-in names, days as
2026-11-22; nothing depends on the language. A key is never given another meaning: a new meaning is a new
key, and another form has another `version`.
"""

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from django.db.models import F
from django.utils import timezone

from registers.choices import LEVEL_WORDS
from registers.models import Risk
from registers.querysets import RiskQuerySet
from registers.report_rows import AT_ONCE, Counted, batches

CONTENT_TYPE = "application/json"
FORMAT, VERSION = "riskhub.risks", 1
# key of the file: path in the database
_PLAIN = {
    "code": "code", "register": "register__code", "title": "title", "title_alt": "title_alt",
    "cause": "cause", "event": "event", "consequence": "consequence", "lang": "lang",
    "category": "category__code", "area": "area__code", "primary_source": "primary_source__code",
    "owner_department": "owner_department__code", "owner": "owner__username",
    "owner_note": "owner_note", "business_importance": "business_importance",
    "importance_reason": "importance_reason", "controllability": "controllability",
    "velocity": "velocity", "state": "state", "reported_on": "reported_on",
    "next_review_on": "next_review_on", "closed_reason": "closed_reason",
    "assessed_on": "assessed_on", "priority": "standing_priority", "plan_strategy": "plan_strategy",
    "plan_state": "plan_state", "plan_version": "plan_version", "plan_in_force": "plan_in_force",
}  # fmt: skip
_KINDS = ("inherent", "residual", "target")
_LINKS = {"sources": Risk.sources.through, "service_lines": Risk.service_lines.through}
_ENDS = {"sources": "risksource__code", "service_lines": "serviceline__code"}


def write_json(risks: RiskQuerySet, out: BinaryIO) -> int:
    """How many there were; they are read in batches and never kept."""
    head = {"format": FORMAT, "version": VERSION,
            "exported_at": timezone.localtime().isoformat(timespec="seconds")}  # fmt: skip
    rows = Counted(_rows(risks))
    out.write(f'{json.dumps(head)[:-1]}, "risks": ['.encode())
    for row in rows:
        out.write((",\n" if rows.count > 1 else "\n").encode())
        out.write(json.dumps(row, ensure_ascii=False, default=str).encode())
    out.write(b"\n]}\n")
    return rows.count


def _rows(risks: RiskQuerySet) -> Iterator[dict[str, Any]]:
    cells = [f"{kind}_{part}" for kind in _KINDS for part in ("probability", "impact", "level")]
    names = {f"the_{key}": F(path) for key, path in _PLAIN.items()}
    rows = risks.values("pk", *cells, **names)
    for batch in batches(rows.iterator(chunk_size=AT_ONCE)):
        keys = [row["pk"] for row in batch]
        links = {name: _codes(name, keys) for name in _LINKS}
        for row in batch:
            yield (
                {key: row[f"the_{key}"] for key in _PLAIN}
                | {name: codes.get(row["pk"], []) for name, codes in links.items()}
                | {kind: _cell(row, kind) for kind in _KINDS}
            )


def _cell(row: dict[str, Any], kind: str) -> dict[str, Any] | None:
    """Null where it is not rated."""
    level = row[f"{kind}_level"]
    if level is None:
        return None
    return {
        "probability": row[f"{kind}_probability"],
        "impact": row[f"{kind}_impact"],
        "level": LEVEL_WORDS[level],
    }


def _codes(name: str, keys: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    joins = _LINKS[name]._default_manager.filter(risk__in=keys).order_by(_ENDS[name])
    for risk, code in joins.values_list("risk_id", _ENDS[name]):
        found.setdefault(risk, []).append(code)
    return found
