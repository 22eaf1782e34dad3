"""What one matrix says otherwise than another, each with what stood there before. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from assessments.matrix_checks.drawn import Place
from assessments.schemes.content import WORDED, Rule, SchemeContent, Step, Words, figure
from registers.choices import Level
from riskhub.accounts.bilingual import languages_read

Names = Mapping[str, str]
"""Of the areas, by their codes."""


@dataclass(frozen=True)
class CellChange:
    place: Place
    former: int
    level: int


@dataclass(frozen=True)
class Row:
    """`before` is empty for what is added, `after` for what is removed; `lang` if not the reader's."""

    name: str
    before: str
    after: str
    lang: str = ""


@dataclass(frozen=True)
class Differences:
    """Of a matrix from the one with this `number`.

    `scales` are the limits and words by which scores are given, `demands` what the levels ask for.
    """

    number: int
    cells: Sequence[CellChange]
    names: Sequence[Row]
    scales: Sequence[Row]
    floors: Sequence[Row]
    demands: Sequence[Row]

    @property
    def rows(self) -> list[Row]:
        return [*self.names, *self.scales, *self.floors, *self.demands]

    def __bool__(self) -> bool:
        return bool(self.cells or self.rows)


def differences_between(
    number: int, former: SchemeContent, content: SchemeContent, areas: Names
) -> Differences:
    """`number` is that of the former."""
    cells = [
        CellChange(place, former.cells[place], level)
        for place, level in sorted(content.cells.items())
        if former.cells[place] != level
    ]
    return Differences(
        number, cells, list(_names(former, content)), list(_scales(former, content)),
        list(_floors(former, content)), [*_rules(former, content), *_areas(former, content, areas)],
    )  # fmt: skip


def _names(former: SchemeContent, content: SchemeContent) -> Iterator[Row]:
    yield from _words(_("Name"), former.name, content.name)
    orders = (f"{one.reference_orders:,}" for one in (former, content))
    yield from _values(_("Orders a year"), *orders)


def _scales(former: SchemeContent, content: SchemeContent) -> Iterator[Row]:
    probability = _("Probability")
    unit = _("events a year")
    yield from _limits(probability, unit, former.probability_limits, content.probability_limits)
    described = (str(_("description")),)
    yield from _steps(probability, described, former.probability, content.probability)
    impact = _("Impact")
    unit = _("CNY per event")
    yield from _limits(impact, unit, former.impact_limits, content.impact_limits)
    dimensions = tuple(str(dimension.label) for dimension in WORDED)
    yield from _steps(impact, dimensions, former.impact, content.impact)


def _limits(
    axis: str, unit: str, former: Sequence[Decimal], limits: Sequence[Decimal]
) -> Iterator[Row]:
    for score, (before, after) in enumerate(zip(former, limits, strict=True), start=2):
        named = {"axis": axis, "score": score, "unit": unit}
        name = _("%(axis)s %(score)d from, %(unit)s") % named
        yield from _values(name, figure(before), figure(after))


def _steps(
    axis: str, what: Sequence[str], former: Sequence[Step], steps: Sequence[Step]
) -> Iterator[Row]:
    for score, (before, after) in enumerate(zip(former, steps, strict=True), start=1):
        named = {"axis": axis, "score": score}
        yield from _words(
            _("%(axis)s %(score)d, %(what)s") % (named | {"what": _("name")}),
            before.name, after.name,
        )  # fmt: skip
        for part, old, new in zip(what, before.anchors, after.anchors, strict=True):
            name = _("%(axis)s %(score)d, %(what)s") % (named | {"what": part})
            yield from _words(name, old, new)


def _floors(former: SchemeContent, content: SchemeContent) -> Iterator[Row]:
    old = {floor.place: floor.reason for floor in former.floors}
    new = {floor.place: floor.reason for floor in content.floors}
    for p, i in sorted(old.keys() | new.keys()):
        name = _("Declared floor (%(probability)d,%(impact)d)") % {"probability": p, "impact": i}
        yield from _words(name, old.get((p, i), Words()), new.get((p, i), Words()))


def _rules(former: SchemeContent, content: SchemeContent) -> Iterator[Row]:
    """The highest level first, as the pages have them."""
    for rank in reversed(Level.values):
        before, after = former.rules[rank], content.rules[rank]
        level = str(Level(rank).label)
        new = dict(_asked(after))
        for what, old in _asked(before):
            yield from _values(_of_level(level, what), old, new[what])
        yield from _words(_of_level(level, _("Means")), before.text, after.text)


def _asked(rule: Rule) -> Iterator[tuple[str, str]]:
    asked, not_asked = _("is required"), _("is not required")
    for what, is_asked in (
        (_("Plan"), rule.needs_plan),
        (_("Approval"), rule.needs_approval),
        (_("Special measures"), rule.needs_special_measures),
        (_("Contingency plan"), rule.needs_contingency),
    ):
        yield what, asked if is_asked else not_asked
    for what, number in (
        (_("Days to decide"), rule.approval_days),
        (_("Months to the next review"), rule.review_months),
    ):
        yield what, "" if number is None else str(number)


def _of_level(level: str, what: str) -> str:
    return _("%(level)s: %(what)s") % {"level": level, "what": what}


def _areas(former: SchemeContent, content: SchemeContent, areas: Names) -> Iterator[Row]:
    for code in sorted(former.areas.keys() | content.areas.keys()):
        name = _("%(area)s: a plan and an approval above") % {"area": areas.get(code, code)}
        old, new = (
            str(Level(one.areas[code]).label) if code in one.areas else ""
            for one in (former, content)
        )
        yield from _values(name, old, new)


def _values(name: str, before: str, after: str) -> Iterator[Row]:
    if before != after:
        yield Row(name, before, after)


def _words(name: str, before: Words, after: Words) -> Iterator[Row]:
    """In the reader's language; what differs in the other one alone is said of that one."""
    texts = {"zh": (before.zh, after.zh), "en": (before.en, after.en)}
    mine, other = languages_read()
    if texts[mine][0] != texts[mine][1]:
        yield Row(name, *texts[mine])
        return
    if texts[other][0] != texts[other][1]:
        language = _("in Chinese") if other == "zh" else _("in English")
        said = _("%(what)s, %(language)s") % {"what": name, "language": language}
        yield Row(said, *texts[other], "zh-Hans" if other == "zh" else "en")
