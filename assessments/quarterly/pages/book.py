"""One snapshot opened for printing: names looked up, risks as lines, the matrix as a picture."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, cast

from django.utils.translation import ngettext

from assessments.quarterly.pages.language import NOTHING, day, figure, tr
from assessments.quarterly.pages.line import RESPONSES, RiskLine
from riskhub.reports.charts.grid import Matrix, Place, Step
from riskhub.reports.charts.levels import Level

if TYPE_CHECKING:
    from assessments.quarterly.schema import BandPart, Snapshot, Words

HASH_DIGITS = 12


class Book:
    """`digest` is the snapshot's sha256."""

    def __init__(self, snapshot: "Snapshot", digest: str) -> None:
        self.snapshot, self.digest = snapshot, digest
        self.meta = snapshot["meta"]
        self.names = cast("Mapping[str, Mapping[str, Words]]", snapshot["names"])
        self.short_hash = digest[:HASH_DIGITS]

    @cached_property
    def levels(self) -> dict[str, Level]:
        """By word, from the lowest."""
        return {
            part["word"]: Level(
                part["rank"], part["word"], tr(part["name"]), part["fill"], part["ink"]
            )
            for part in self.snapshot["matrix"]["levels"]
        }

    @cached_property
    def levels_from_top(self) -> list[Level]:
        return list(reversed(self.levels.values()))

    @cached_property
    def matrix(self) -> Matrix:
        part = self.snapshot["matrix"]
        rows = enumerate(part["cells"], start=1)
        cells = {
            (probability, impact): self.levels[word].rank
            for impact, row in rows
            for probability, word in enumerate(row, start=1)
        }
        return Matrix(
            levels=list(self.levels.values()),
            probability=[_step(band) for band in part["probability"]],
            impact=[_step(band) for band in part["impact"]],
            cells=cells,
            line_after=self.levels[part["line_after"]].rank,
        )

    @cached_property
    def risks(self) -> list[RiskLine]:
        return [RiskLine(part, self) for part in self.snapshot["risks"]]

    @cached_property
    def rated(self) -> list[RiskLine]:
        return [risk for risk in self.risks if risk.level]

    @cached_property
    def above(self) -> list[RiskLine]:
        return [risk for risk in self.risks if risk.is_above]

    @cached_property
    def by_code(self) -> dict[str, RiskLine]:
        return {risk.code: risk for risk in self.risks}

    @cached_property
    def frozen(self) -> str:
        """How the freeze differs from the quarter's end, in one sentence; empty for a draft."""
        if self.meta["is_draft"]:
            return ""
        as_of = self.meta["as_of"][:10]
        late = date.fromisoformat(as_of) - date.fromisoformat(self.meta["period_end"])
        return ngettext(
            "Data as of %(day)s, %(count)d day after the quarter's end: %(now)d open then, %(end)d "
            "at the quarter's end.",
            "Data as of %(day)s, %(count)d days after the quarter's end: %(now)d open then, %(end)d "
            "at the quarter's end.",
            late.days,
        ) % {
            "day": day(as_of),
            "count": late.days,
            "now": len(self.risks),
            "end": self.snapshot["movement"]["open_at_end"],
        }

    @property
    def last_day(self) -> str:
        """When the data of the last report were frozen; snapshots of schema 1 do not say it."""
        return day(self.snapshot.get("last_as_of"))

    def name(self, kind: str, code: str | None) -> str:
        """The name of a code; a code without a name stands for itself."""
        return (tr(self.names[kind].get(code)) or code) if code else ""

    def risk_name(self, code: str) -> str:
        """Of an open risk; a code that is no longer open stands alone."""
        risk = self.by_code.get(code)
        return f"{code} {risk.name}" if risk else code

    def counts(self, risks: Iterable[RiskLine] | None = None) -> dict[str, int]:
        """Level word -> number, every level named; `unrated` last."""
        found = Counter(
            risk.level.code if risk.level else "unrated"
            for risk in (self.risks if risks is None else risks)
        )
        return {word: found[word] for word in (*self.levels, "unrated")}

    @staticmethod
    def answers(risks: Iterable[RiskLine]) -> dict[str, int]:
        """Where the answer stands -> number; the parts are all risks."""
        found = Counter(risk.answer for risk in risks)
        return {answer: found[answer] for answer in RESPONSES}

    def cells(self, risks: Iterable[RiskLine]) -> Counter[Place]:
        return Counter(risk.residual for risk in risks if risk.residual)

    def grouped(
        self, key: Callable[[RiskLine], str], order: Iterable[str]
    ) -> dict[str, list[RiskLine]]:
        """Non-empty groups in the given order; what `order` does not know comes last."""
        groups: dict[str, list[RiskLine]] = {code: [] for code in order}
        for risk in self.risks:
            groups.setdefault(key(risk), []).append(risk)
        return {code: found for code, found in groups.items() if found}


def _step(band: "BandPart") -> Step:
    return Step(band["score"], tr(band["name"]))


def span(band: "BandPart") -> str:
    """`< 0.2`, `0.2–1`, `≥ 25`."""
    lower, upper = band["lower"], band["upper"]
    if lower is None:
        return f"< {figure(upper)}" if upper is not None else NOTHING
    return f"≥ {figure(lower)}" if upper is None else f"{figure(lower)}–{figure(upper)}"
