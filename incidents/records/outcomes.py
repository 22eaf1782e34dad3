"""What becomes of each record: it comes in, was there, or says why not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from incidents.records.kinds import RecordKind
from incidents.records.reading import Answers
from incidents.records.table import Raw
from riskhub.imports.sentences import Sentence, sentence_from_json

CREATE, SAME, ERROR = "create", "same", "error"
OUTCOMES = (CREATE, SAME, ERROR)


@dataclass(frozen=True)
class Batch:
    """Records of one kind and one source, with what was answered about them."""

    kind: RecordKind
    raws: Sequence[Raw]
    answers: Answers


@dataclass(frozen=True)
class RecordOutcome:
    """What becomes of one record; `code` is what it is or became here. Nothing of it names a person."""

    row: int
    external_id: str
    outcome: str
    code: str = ""
    messages: tuple[Sentence, ...] = ()
    draft: Any = None

    def as_json(self) -> dict[str, Any]:
        return {
            "row": self.row, "external_id": self.external_id, "outcome": self.outcome,
            "code": self.code, "messages": [one.as_json() for one in self.messages],
        }  # fmt: skip

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "RecordOutcome":
        messages = tuple(sentence_from_json(one) for one in stored["messages"])
        return cls(**{**stored, "messages": messages})


def count_outcomes(found: Sequence[RecordOutcome]) -> dict[str, int]:
    return {word: sum(one.outcome == word for one in found) for word in OUTCOMES}
