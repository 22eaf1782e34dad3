"""What becomes of each row of a file, and what became of it once the file was applied.

The second is stored as a file of its own in the transaction that makes the risks: a stored file is
never changed, so that the page of an import says for good what it said to whoever pressed the button.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from assessments.register_import.scores import Pair
from assessments.services.imports.preview import OUTCOMES, Preview
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.files.models import StoredFile
from riskhub.files.services import store_file
from riskhub.imports.models import ImportRun
from riskhub.imports.sentences import Sentence, sentence_from_json

KIND = "import_rows"


@dataclass(frozen=True)
class RowOutcome:
    """`code` is the risk that the row is or became; `level` the word for its last pair of scores."""

    row: int
    outcome: str
    title: str
    code: str
    inherent: Pair | None
    residual: Pair | None
    level: str | None
    messages: tuple[Sentence, ...]

    @property
    def pair(self) -> Pair | None:
        return self.residual or self.inherent

    def as_json(self) -> dict[str, Any]:
        return vars(self) | {"messages": [sentence.as_json() for sentence in self.messages]}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "RowOutcome":
        pairs = {
            name: tuple(stored[name]) if stored[name] else None for name in ("inherent", "residual")
        }
        messages = tuple(sentence_from_json(one) for one in stored["messages"])
        return cls(**{**stored, **pairs, "messages": messages})


def row_outcomes(preview: Preview, made: Mapping[int, str] | None = None) -> list[RowOutcome]:
    """Of all rows; `made` has the codes of the new risks by number of the row."""
    known = {row: settled.code for row, settled in preview.settled.items()} | dict(made or {})
    return [
        RowOutcome(
            row=row.row,
            outcome=row.outcome,
            title=row.title,
            code=known.get(row.row, ""),
            inherent=row.inherent,
            residual=row.residual,
            level=preview.level_at(row.residual or row.inherent),
            messages=row.messages,
        )
        for row in preview.plan.rows
    ]


def count_outcomes(rows: Iterable[RowOutcome]) -> dict[str, int]:
    """Rows per outcome, every outcome named."""
    counted = Counter(row.outcome for row in rows)
    return {outcome: counted[outcome] for outcome in OUTCOMES}


def store_outcomes(
    run: ImportRun, preview: Preview, made: Mapping[int, str], *, by: User | None
) -> StoredFile:
    with acting(by, "import.applied"):
        rows = [row.as_json() for row in row_outcomes(preview, made)]
        content = json.dumps({"rows": rows}, ensure_ascii=False, separators=(",", ":"))
        name = f"{run.file.filename}.json"[-255:]
        return store_file(
            content.encode(), by=by, kind=KIND, filename=name, mime="application/json"
        )


def stored_outcomes(run: ImportRun) -> list[RowOutcome] | None:
    """As it was when the file was applied; None for what was applied before that was stored.

    Raises FileDamaged when the disk no longer holds it.
    """
    if run.rows_file is None:
        return None
    return [RowOutcome.from_json(row) for row in json.loads(run.rows_file.read())["rows"]]
