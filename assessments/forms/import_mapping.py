"""What the columns and values of a file mean: asked from what is in it."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from assessments.forms.import_scales import ScaleQuestion
from assessments.models import Band
from assessments.register_import.fields import AXES, FIELDS
from assessments.register_import.outline import IN_DOUBT, Outline, ShownColumn
from assessments.services.imports import Preview, lacking, quoted, unknown_texts
from registers.models import RiskCategory, RiskSource
from registers.querysets import departments_of
from riskhub.accounts.choices import Role
from riskhub.accounts.models import User
from riskhub.web.conflicts import remember_opened

LEFT_OUT = "-"
DOUBTFUL = ("impact", "consequence", "level")
GROUPS = (
    (
        _("The risk"),
        (
            ("title", _("Name of the risk")), ("event", _("Event")), ("cause", _("Cause")),
            ("consequence", _("Consequence")), ("category", _("Category")), ("area", _("Area")),
            ("source", _("Source")), ("identified_on", _("Found on")),
            ("department", _("Department")), ("owner", _("Owner")),
            ("service_lines", _("Service lines")), ("business_importance", _("Business importance")),
            ("next_review_on", _("Next review")),
        ),
    ),
    (
        _("Scores"),
        (
            ("probability", _("Probability")), ("impact", _("Impact")),
            ("residual_probability", _("Residual probability")),
            ("residual_impact", _("Residual impact")),
        ),
    ),
    (
        _("Kept as text"),
        (
            ("measures", _("Measures")), ("strategy", _("Response")),
            ("contingency", _("Contingency")), ("trigger", _("Trigger")),
            ("number", _("Number")), ("status", _("Status")), ("level", _("Level")),
            ("score", _("Score")), ("due_on", _("Due on")), ("notes", _("Notes")),
        ),
    ),
)  # fmt: skip
FIELD_WORDS = {name: words for _group, pairs in GROUPS for name, words in pairs}


class MappingForm(forms.Form):
    """The questions of one file, made from what is in it; `mapping` is the answer.

    Choosing another sheet or header row makes another table: its columns are then suggested anew.
    """

    row_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's arguments
        preview: Preview,
        outline: Outline | None,
        user: User,
        **kwargs: Any,  # noqa: ANN401 - the same
    ) -> None:
        super().__init__(*args, **kwargs)
        self.preview, self.outline, self.user = preview, outline, user
        self.questions = _questions(preview)
        self._ask_table()
        for column in outline.columns if outline else ():
            self._ask_column(column)
        for question in self.questions:
            self.fields.update(question.fields())
            self.initial.update(question.initial())
        for name in lacking(preview):
            self._ask_default(name)
        remember_opened(self)

    @property
    def table_fields(self) -> list[BoundField]:
        return [self[name] for name in ("sheet", "header_row") if name in self.fields]

    @property
    def column_rows(self) -> Iterator[tuple[ShownColumn, BoundField]]:
        for column in self.outline.columns if self.outline else ():
            yield column, self[_column(column)]

    @property
    def scale_blocks(self) -> Iterator[dict[str, Any]]:
        """Each axis with its rows (value, field, suggestion) and the fields of its limits."""
        for question in self.questions:
            rows = [
                (value, self[value.name], question.step(value.suggested) if value.suggested else "")
                for value in question.values
            ]
            limits = [self[name] for name in question.limits]
            has_suggestions = any(suggested for _value, _field, suggested in rows)
            yield {
                "question": question,
                "rows": rows,
                "limits": limits,
                "has_suggestions": has_suggestions,
            }

    @property
    def default_fields(self) -> list[BoundField]:
        return [self[name] for name in self.fields if name.startswith("default_")]

    def disable(self) -> None:
        """For those who only read."""
        for field in self.fields.values():
            field.disabled = True

    def clean(self) -> dict[str, Any]:
        answers = self.cleaned_data
        for question in self.questions:
            for name, fault in question.faults(answers).items():
                self.add_error(name, fault)
        chosen = {self.cleaned_data.get(_column(column)) for column, _field in self.column_rows}
        if chosen and "title" not in chosen and not self.is_other_table:
            first = _column(next(self.column_rows)[0])
            self.add_error(first, _("Choose which column has the names of the risks."))
        return answers

    @property
    def is_other_table(self) -> bool:
        return bool({"sheet", "header_row"} & set(self.changed_data))

    @property
    def mapping(self) -> dict[str, Any]:
        """In the form of a mapping file, columns by their number."""
        answers = self.cleaned_data
        outline = self.outline
        stored = dict(self.preview.mapping.defaults)
        given = {
            name: answers[f"default_{name}"]
            for name in ("category", "department", "source")
            if answers.get(f"default_{name}")
        }
        mapping: dict[str, Any] = {
            "sheet": answers.get("sheet") or (outline.sheet if outline else None),
            "header_row": self._header_row,
            "defaults": stored | given,
        }
        if self.is_other_table or not outline or not outline.columns:
            return mapping
        return mapping | {"columns": self._columns(), "scales": self._scales()}

    @property
    def _header_row(self) -> int | None:
        """Of another sheet it is found, not taken over from this one."""
        row = self.cleaned_data.get("header_row")
        return int(row) if row and "sheet" not in self.changed_data else None

    def _columns(self) -> dict[str, Any]:
        """Every field is named, so that what was left out is not suggested again; a doubt stays one."""
        found: dict[str, Any] = dict.fromkeys(FIELDS)
        is_open = False
        for column, _bound in self.column_rows:
            field = self.cleaned_data.get(_column(column))
            if field in FIELDS:
                found[field] = [*(found[field] or []), column.index + 1]
            is_open |= column.field == IN_DOUBT and not field
        skipped = DOUBTFUL if is_open else ()
        return {name: value for name, value in found.items() if value or name not in skipped}

    def _scales(self) -> dict[str, Any]:
        take, _separator, axis = str(self.data.get("take", "")).partition(":")
        return {
            q.axis: q.answer(self.cleaned_data, take=take if axis == q.axis else "")
            for q in self.questions
        }

    def _ask_table(self) -> None:
        outline = self.outline
        if outline and len(outline.sheets) > 1:
            self.fields["sheet"] = forms.ChoiceField(
                label=_("Sheet"), choices=[(name, name) for name in outline.sheets]
            )
            self.initial["sheet"] = outline.sheet
        if outline and outline.rows:
            rows = [
                (str(row), _("Row %(row)s: %(text)s") % {"row": row, "text": text})
                for row, text in outline.rows
            ]
            open_row = [] if outline.header_row else [("", _("choose"))]
            self.fields["header_row"] = forms.ChoiceField(
                label=_("Row with the column names"), choices=[*open_row, *rows], required=False
            )
            self.initial["header_row"] = str(outline.header_row or "")

    def _ask_column(self, column: ShownColumn) -> None:
        is_open = column.field == IN_DOUBT
        nothing = _("choose") if is_open else _("not imported")
        groups = [(str(group), list(pairs)) for group, pairs in GROUPS]
        extra = [(LEFT_OUT, _("not imported"))] if is_open else []
        self.fields[_column(column)] = forms.ChoiceField(
            label=f"{column.letter} {column.name}",
            choices=[("", nothing), *extra, *groups],
            required=False,
            widget=forms.Select(attrs={"class": "w-auto"}),  # as wide as its longest word
        )
        self.initial[_column(column)] = "" if is_open else column.field

    def _ask_default(self, name: str) -> None:
        choices = {"category": _categories, "source": _sources}.get(name)
        self.fields[f"default_{name}"] = forms.ChoiceField(
            label=FIELD_WORDS[name],
            choices=[("", _("choose")), *(choices() if choices else self._departments())],
            required=False,
            help_text=self._unknown(name),
        )
        self.initial[f"default_{name}"] = self.preview.mapping.defaults.get(name) or ""

    def _unknown(self, name: str) -> str:
        texts = unknown_texts(self.preview, name)
        return _("Not known here: %(texts)s.") % {"texts": quoted(texts)} if texts else ""

    def _departments(self) -> list[tuple[str, str]]:
        """The register's own first."""
        own = self.preview.places.department.pk
        found = sorted(departments_of(self.user, Role.RISK_MANAGER), key=lambda d: d.pk != own)
        return [(each.code, each.name) for each in found]


def _column(column: ShownColumn) -> str:
    return f"column_{column.index}"


def _questions(preview: Preview) -> list[ScaleQuestion]:
    """Only of an axis that has values."""
    bands = list(Band.objects.filter(scheme=preview.grid.scheme))
    scales, rules = preview.plan.scales, preview.mapping.scales
    return [
        ScaleQuestion(
            axis, scales[axis], rules.get(axis), [band for band in bands if band.axis == axis]
        )
        for axis in AXES
        if axis in scales and scales[axis]["values"]
    ]


def _categories() -> list[tuple[str, str]]:
    return [(term.code, term.name) for term in RiskCategory.objects.filter(is_active=True)]


def _sources() -> list[tuple[str, str]]:
    return [(term.code, term.name) for term in RiskSource.objects.filter(is_active=True)]
