"""The editor of a matrix: 25 cells, two scales with their words, floors, and what each level asks for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.forms.plan_rows import Quiet
from assessments.forms.scheme_fields import (
    AXES,
    AXIS_WORDS,
    FLAGS,
    LANGUAGES,
    anchor_names,
    floor_fields,
    floor_rows_of,
    initial_of,
    level_field,
    rule_fields,
    scale_fields,
)
from assessments.matrix import SCORES
from assessments.schemes.content import WORDED, DeclaredFloor, Rule, SchemeContent, Step, Words
from assessments.schemes.reading import MOST_ORDERS, NAME
from registers.choices import Level
from registers.models import RiskArea
from riskhub.accounts.bilingual import languages_read
from riskhub.web.conflicts import OPENED_FIELD, VERSION_FIELD, opened_field, remember_opened
from riskhub.web.forms import Line, ReadVersion


class SchemeForm(Quiet, forms.Form):
    """Fields are named by place: `cell_15` is probability 1, impact 5."""

    name_zh = Line(label=_("Name in Chinese"), max_length=NAME)
    name_en = Line(label=_("Name in English"), max_length=NAME, required=False)
    reference_orders = forms.IntegerField(
        label=_("Orders a year"), min_value=1, max_value=MOST_ORDERS,
        help_text=_("Turns events a year into events per 1,000 orders."),
    )  # fmt: skip
    row_version = ReadVersion()
    opened = opened_field()

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        content: SchemeContent,
        row_version: int | None = None,
        is_quiet: bool = False,
    ) -> None:
        initial = initial_of(content) | {"row_version": row_version}
        super().__init__(data, initial=initial)
        self.is_quiet = is_quiet
        self.areas = list(RiskArea.objects.all())
        self.floors = floor_rows_of(content, data)
        for name, field in self._further():
            self.fields[name] = field
        remember_opened(self)

    def _further(self) -> Iterator[tuple[str, forms.Field]]:
        for p in SCORES:
            for i in SCORES:
                label = gettext("Probability %(p)d, impact %(i)d") % {"p": p, "i": i}
                yield f"cell_{p}{i}", level_field(label)
        for axis in AXES:
            yield from scale_fields(axis)
        for number in range(1, self.floors + 1):
            yield from floor_fields(number)
        for level in Level:
            yield from rule_fields(level)
        for area in self.areas:
            choices = [("", _("as everywhere")), *Level.choices[:-1]]
            yield (
                f"area_{area.code}",
                forms.TypedChoiceField(
                    label=area.name, choices=choices, required=False, coerce=int, empty_value=None
                ),
            )

    # ---------- as the template lays it out ----------

    @property
    def grid(self) -> list[tuple[int, BoundField, list[tuple[str, BoundField]]]]:
        """Rows of impact, the highest first: score, its name, and the cells from probability 1."""
        return [
            (
                i,
                self[f"impact_{i}_{languages_read()[0]}"],
                [(f"{p}{i}", self[f"cell_{p}{i}"]) for p in SCORES],
            )
            for i in reversed(SCORES)
        ]

    @property
    def across(self) -> list[BoundField]:
        """The names of the probabilities."""
        return [self[f"probability_{p}_{languages_read()[0]}"] for p in SCORES]

    @property
    def scales(self) -> list["Scale"]:
        return [Scale(self, axis) for axis in AXES]

    @property
    def floor_rows(self) -> list[list[BoundField]]:
        return [
            [self[f"floor_{number}_{part}"] for part in ("cell", *LANGUAGES)]
            for number in range(1, self.floors + 1)
        ]

    @property
    def rules(self) -> list["RuleRow"]:
        return [RuleRow(self, level) for level in reversed(Level)]

    @property
    def area_fields(self) -> list[BoundField]:
        return [self[f"area_{area.code}"] for area in self.areas]

    def fields_of(self, content: SchemeContent) -> dict[str, Any]:
        """Its fields as they would open with `content`: a floor that this has not is an empty row."""
        names = [name for name in self.fields if name not in (VERSION_FIELD, OPENED_FIELD)]
        return dict.fromkeys(names, "") | initial_of(content)

    # ---------- what it says ----------

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        named = [data.get(f"floor_{number}_cell") for number in range(1, self.floors + 1)]
        for number, cell in enumerate(named, start=1):
            if cell and cell in named[: number - 1]:
                self.add_error(f"floor_{number}_cell", _("This cell is declared above already."))
        return data

    @property
    def content(self) -> SchemeContent:
        """Of a valid form."""
        data = self.cleaned_data
        cells = {(p, i): data[f"cell_{p}{i}"] for p in SCORES for i in SCORES}
        return SchemeContent(
            name=Words(data["name_zh"], data["name_en"]),
            reference_orders=data["reference_orders"],
            probability_limits=self._limits("probability"),
            impact_limits=self._limits("impact"),
            probability=self._steps("probability", ("anchor",)),
            impact=self._steps("impact", tuple(d.value for d in WORDED)),
            cells=cells,
            floors=tuple(self._declared()),
            rules=tuple(self._rule(level) for level in Level),
            areas={
                area.code: data[f"area_{area.code}"]
                for area in self.areas
                if data[f"area_{area.code}"] is not None
            },
        )

    def _limits(self, axis: str) -> tuple[Decimal, ...]:
        return tuple(self.cleaned_data[f"{axis}_from_{n}"] for n in SCORES[1:])

    def _steps(self, axis: str, anchors: tuple[str, ...]) -> tuple[Step, ...]:
        return tuple(
            Step(
                self._words(f"{axis}_{n}"),
                tuple(self._words(f"{axis}_{n}_{anchor}") for anchor in anchors),
            )
            for n in SCORES
        )

    def _declared(self) -> Iterator[DeclaredFloor]:
        for number in range(1, self.floors + 1):
            cell = self.cleaned_data[f"floor_{number}_cell"]
            if cell:
                place = (int(cell[0]), int(cell[1]))
                yield DeclaredFloor(place, self._words(f"floor_{number}"))

    def _rule(self, level: Level) -> Rule:
        data, name = self.cleaned_data, f"level_{level.value}"
        return Rule(
            approval_days=data[f"{name}_approval_days"],
            review_months=data[f"{name}_review_months"],
            text=self._words(name),
            **{flag: data[f"{name}_{flag}"] for flag in FLAGS},
        )

    def _words(self, name: str) -> Words:
        return Words(self.cleaned_data[f"{name}_zh"], self.cleaned_data[f"{name}_en"])


@dataclass(frozen=True)
class Scale:
    """One axis of the form, the highest score first."""

    form: SchemeForm
    axis: str

    @property
    def title(self) -> str:
        return str(AXIS_WORDS[self.axis])

    @property
    def rows(self) -> list[tuple[int, BoundField | None, list[BoundField]]]:
        """Score, from where on (the lowest band is open), and its names."""
        return [
            (
                score,
                self.form[f"{self.axis}_from_{score}"] if score > SCORES[0] else None,
                [self.form[f"{self.axis}_{score}_{language}"] for language in LANGUAGES],
            )
            for score in reversed(SCORES)
        ]

    @property
    def anchors(self) -> list[tuple[int, list[BoundField]]]:
        return [
            (score, [self.form[name] for name in anchor_names(self.axis, score)])
            for score in reversed(SCORES)
        ]


@dataclass(frozen=True)
class RuleRow:
    """What one level asks for."""

    form: SchemeForm
    level: Level

    @property
    def flags(self) -> list[BoundField]:
        return [self.form[f"level_{self.level.value}_{flag}"] for flag in FLAGS]

    @property
    def numbers(self) -> list[BoundField]:
        return [
            self.form[f"level_{self.level.value}_{name}"]
            for name in ("approval_days", "review_months")
        ]

    @property
    def texts(self) -> list[BoundField]:
        return [self.form[f"level_{self.level.value}_{language}"] for language in LANGUAGES]
