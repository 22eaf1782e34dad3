"""What each row of the table says, in our terms. Whether it is already there the services decide."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext_noop as _

from assessments.register_import.body import BodyRow
from assessments.register_import.reading import RowReader, Table
from assessments.register_import.scores import Pair, Scores
from assessments.register_import.values import value_key
from riskhub.imports.sentences import Sentence, join_sentences, say


@dataclass(frozen=True)
class ImportedRow:
    """One row of the file: its outcome, and for a risk all that the file says of it.

    `outcome` is create, same, error or ignored. Texts are empty where the file has none. `category`
    and `source` are codes, from the file or the defaults, `service_lines` from the file alone;
    `department` is what the file or the mapping calls it, empty for the register's own. What stays
    the file's own business (number, status, level, words that are no code of ours) is in `file`.
    `fingerprint` names the risk within a file: the same for the same name and number, however the
    file is stored or mapped.
    """

    row: int
    outcome: str
    title: str = ""
    cause: str = ""
    event: str = ""
    consequence: str = ""
    language: str = ""
    category: str = ""
    area: str = ""
    source: str = ""
    department: str = ""
    owner_text: str = ""
    measures: str = ""
    strategy: str = ""
    contingency: str = ""
    trigger: str = ""
    notes: str = ""
    identified_on: date | None = None
    next_review_on: date | None = None
    business_importance: int | None = None
    service_lines: tuple[str, ...] = ()
    inherent: Pair | None = None
    residual: Pair | None = None
    has_own_residual: bool = False
    file: dict[str, str] = field(default_factory=dict)
    messages: tuple[Sentence, ...] = ()
    fingerprint: str = ""

    @property
    def probability(self) -> int | None:
        """Of the first pair of columns; the residual one is `residual`."""
        return self.inherent[0] if self.inherent else None

    @property
    def impact(self) -> int | None:
        return self.inherent[1] if self.inherent else None

    @property
    def is_unlinked(self) -> bool:
        """The residual is below the inherent, and no control of ours stands behind it."""
        return self.has_own_residual and self.residual != self.inherent

    @property
    def message(self) -> str:
        return join_sentences(self.messages)

    @property
    def file_number(self) -> str:
        return self.file.get("number", "")

    @property
    def file_status(self) -> str:
        return self.file.get("status", "")

    @property
    def file_level(self) -> str:
        return self.file.get("level", "")

    def as_json(self, level: str | None = None) -> dict[str, Any]:
        return {
            "row": self.row,
            "outcome": self.outcome,
            "title": self.title,
            "probability": self.probability,
            "impact": self.impact,
            "level": level,
            "message": self.message,
        }


def interpret_rows(table: Table, body: Iterator[BodyRow]) -> Iterator[ImportedRow]:
    """All rows in order, repeats within the file named, fingerprints given."""
    seen: dict[tuple[str, ...], int] = {}
    counted: Counter[tuple[str, str]] = Counter()
    for body_row in body:
        row = interpret_row(table, body_row)
        if row.outcome not in {"create", "error"} or not row.title:
            yield row
            continue
        key = RowReader(table, body_row).identity()
        if key in seen:
            repeats = say(_("Repeats row %(row)s of this file."), row=seen[key])
            yield replace(row, outcome="same", messages=(repeats,))
            continue
        seen[key] = row.row
        name = (value_key(row.title), number_key(row.file_number))
        counted[name] += 1
        yield replace(row, fingerprint=fingerprint(*name, counted[name]))


def number_key(number: str) -> str:
    """The number without leading zeros: 0001 and 1 are one, programs drop the zeros on the way."""
    return value_key(number)


def fingerprint(title: str, number: str, occurrence: int) -> str:
    """Names a risk of a file: 64 hexadecimal digits from its name, number, and which of equals it is."""
    text = json.dumps([title, number, occurrence], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def interpret_row(table: Table, body_row: BodyRow) -> ImportedRow:
    reason = (body_row.reason,) if body_row.reason else ()
    if body_row.outcome != "risk":
        title = RowReader(table, body_row).title() if body_row.outcome == "error" else ""
        return ImportedRow(body_row.row, body_row.outcome, title=title, messages=reason)
    reader = RowReader(table, body_row)
    scores = Scores(table, body_row)
    reader.read_texts()
    errors = (*reader.errors, *scores.errors)
    return ImportedRow(
        row=body_row.row,
        outcome="error" if errors else "create",
        title=reader.title(),
        inherent=None if errors else scores.inherent,
        residual=None if errors else scores.residual,
        has_own_residual=scores.has_own_residual,
        messages=errors or (*scores.messages, *reader.messages),
        **reader.texts,
    )
