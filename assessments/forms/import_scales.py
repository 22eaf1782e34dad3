"""What the values of one axis are worth: asked value by value, or by limits for numbers."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from assessments.models import Band
from assessments.models.matrix import Axis
from assessments.register_import.mapping import RESERVED, SAME_STEPS, SCORES, ScaleRule
from assessments.register_import.values import number_of, value_key
from assessments.schemes.scales import frequency, money_range

MOST_VALUES = 40
NOT_RATED = "none"
Answers = Mapping[str, Any]


@dataclass(frozen=True)
class Value:
    """A value as it stands in the file; `name` is that of its field."""

    text: str
    count: int
    name: str
    suggested: int | None
    by_limits: int | None


@dataclass(frozen=True)
class ScaleQuestion:
    """One axis: `facts` are those of the plan, `steps` our five steps of the axis."""

    axis: str
    facts: Mapping[str, Any]
    rule: ScaleRule | None
    steps: Sequence[Band]

    @property
    def title(self) -> str:
        return str(Axis(self.axis).label)

    @property
    def reason(self) -> str | None:
        reason: str | None = self.facts["reason"]
        return reason

    @cached_property
    def values(self) -> list[Value]:
        """The undecided ones first, then the most frequent; numbers in their order."""
        undecided = set(self.facts["undecided"])
        counted = sorted(
            self.facts["values"].items(),
            key=lambda item: (item[0] not in undecided, number_of(item[0]) or 0, -item[1]),
        )
        return [self._value(text, count) for text, count in counted[:MOST_VALUES]]

    @property
    def more(self) -> int:
        """How many values there is no room for: so many are no scale."""
        return max(0, len(self.facts["values"]) - MOST_VALUES)

    @property
    def undecided(self) -> int:
        return len(self.facts["undecided"])

    @property
    def limits(self) -> list[str]:
        """The names of the four limits, where the numbers ask for them."""
        has_some = self.facts["suggested_bands"] or (self.rule and self.rule.bands)
        return [f"{self.axis}_from_{score}" for score in SCORES[1:]] if has_some else []

    @property
    def suggested_limits(self) -> list[str]:
        return [f"{limit:g}" for limit in self.facts["suggested_bands"] or ()]

    @property
    def can_take(self) -> bool:
        """Something is suggested for what is still open."""
        open_ones = set(self.facts["undecided"])
        return bool(open_ones & set(self.facts["suggested"])) or bool(
            open_ones and self.suggested_limits
        )

    @property
    def can_stand(self) -> bool:
        """Whole numbers from 1 to 5 that the file may mean as our own steps."""
        numbers = [number_of(text) for text in self.facts["values"]]
        is_ours = self.facts["kind"] == "integers" and set(numbers) <= set(SCORES)
        return is_ours and bool(self.facts["undecided"])

    def step(self, score: int) -> str:
        """As in: 4 Likely."""
        return f"{score} {self._bands[score].name}"

    def fields(self) -> dict[str, forms.Field]:
        found: dict[str, forms.Field] = {
            value.name: forms.ChoiceField(
                label=f"{self.title} “{value.text}”",
                choices=[("", self._open(value)), *self._scores, (NOT_RATED, _("not rated"))],
                required=False,
            )
            for value in self.values
        }
        for name, score in zip(self.limits, SCORES[1:], strict=False):
            found[name] = forms.FloatField(
                label=_("%(step)s from") % {"step": self.step(score)}, required=False
            )
        return found

    def initial(self) -> dict[str, Any]:
        found: dict[str, Any] = {value.name: self._chosen(value) for value in self.values}
        bands = self.rule.bands if self.rule else ()
        return found | {n: f"{b:g}" for n, b in zip(self.limits, bands, strict=False)}

    def faults(self, answers: Answers) -> dict[str, str]:
        """Field -> sentence: all four limits or none, each above the one before."""
        given = [answers.get(name) for name in self.limits]
        if all(limit is None for limit in given):
            return {}
        filled = [limit for limit in given if limit is not None]
        if len(filled) == len(given) and sorted(set(filled)) == filled:
            return {}
        name = next((n for n in self.limits if answers.get(n) is None), self.limits[0])
        return {name: _("Give all four limits, each above the one before.")}

    def answer(self, answers: Answers, *, take: str = "") -> Any:  # noqa: ANN401 - JSON
        """The rule for the mapping. `take` "suggested" fills what is open, "same" takes 1 to 5."""
        if take == "same":
            return SAME_STEPS
        scores = self._kept_scores()
        for value in self.values:
            scores.pop(value_key(value.text), None)
            if (score := self._score(value, answers, take)) != "":
                scores[value_key(value.text)] = score
        if self._is_same(scores):
            return SAME_STEPS
        return scores | self._rule_of_limits(answers, take)

    def _value(self, text: str, count: int) -> Value:
        digest = hashlib.sha256(value_key(text).encode()).hexdigest()[:12]
        decided = self.facts["decided"].get(text)
        has_own = self.rule and value_key(text) in self.rule.scores
        by_limits = decided if self.rule and self.rule.bands and not has_own else None
        suggested = self.facts["suggested"].get(text)
        return Value(text, count, f"{self.axis}_{digest}", suggested, by_limits)

    def _open(self, value: Value) -> str:
        if value.by_limits:
            return _("by the limits: %(step)s") % {"step": self.step(value.by_limits)}
        return _("choose")

    def _chosen(self, value: Value) -> str:
        if value.by_limits or value.text not in self.facts["decided"]:
            return ""
        score = self.facts["decided"][value.text]
        return NOT_RATED if score is None else str(score)

    @cached_property
    def _bands(self) -> dict[int, Band]:
        return {band.score: band for band in self.steps}

    @cached_property
    def _scores(self) -> list[tuple[str, str]]:
        """Each score with its name and what it means in a year, or in money."""
        meaning = frequency if self.axis == Axis.PROBABILITY else money_range
        return [(str(b.score), f"{b.score} {b.name} ({meaning(b)})") for b in self.steps]

    def _kept_scores(self) -> dict[str, Any]:
        """What was answered for values that are not on the page."""
        return dict(self.rule.scores) if self.rule else {}

    def _score(self, value: Value, answers: Answers, take: str) -> int | str | None:
        chosen = answers.get(value.name, "")
        if chosen == NOT_RATED:
            return None
        if chosen:
            return int(chosen)
        if take == "suggested" and value.suggested and not value.by_limits:
            return value.suggested
        return ""

    def _is_same(self, scores: Mapping[str, Any]) -> bool:
        """Each number stands for itself: the rule then holds for numbers not seen yet as well."""
        if self.facts["kind"] != "integers" or self.more or self.limits:
            return False
        return all(scores.get(value_key(v.text)) == number_of(v.text) for v in self.values)

    def _rule_of_limits(self, answers: Answers, take: str) -> dict[str, Any]:
        given = [answers.get(name) for name in self.limits]
        if take == "suggested" and self.limits and all(limit is None for limit in given):
            given = list(self.facts["suggested_bands"] or ())
        if not given or any(limit is None for limit in given):
            return {}
        kept = self.rule.given if self.rule and isinstance(self.rule.given, dict) else {}
        return {"bands": given} | {name: kept[name] for name in RESERVED[1:] if name in kept}
