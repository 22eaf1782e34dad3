"""One way of rendering forms: `{{ form }}` gives labels, hints, errors and a list of what to change.

Widgets get their classes here, so no form names one. Dates are native date fields. Radio buttons
and several check boxes become pills; `RadioCards` gives cards with a sentence each. What is typed
comes in by `Line`, `Prose` and `Day`, which know what may be entered.
"""

from datetime import date, datetime
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import HiddenInput, Input
from django.utils import timezone

from riskhub.entry import fields, texts
from riskhub.entry.days import Span

_CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, ""),
    (forms.RadioSelect, ""),
    (forms.CheckboxInput, "form-check-input"),
    (forms.Select, "form-select"),
    (forms.Textarea, "form-control"),
    (HiddenInput, ""),
    (Input, "form-control"),
)

_FEW = 3


class Line(forms.CharField):
    """A text of one line."""

    def to_python(self, value: Any) -> Any:  # noqa: ANN401 - Django's signature
        return texts.kept(super().to_python(value) or "", texts.one_line)


Prose = fields.Prose


class ReadVersion(forms.IntegerField):
    """The version that the page showed. One that is missing is no version at all: the save is stale."""

    def __init__(self) -> None:
        super().__init__(widget=HiddenInput, required=False)

    def clean(self, value: object) -> int:
        return super().clean(value) or 0


class Day(forms.DateField):
    """A day within a span of `riskhub.entry.days`."""

    def __init__(self, *, span: Span, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        self.span = span
        super().__init__(**kwargs)

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value is not None:
            self.span.check(value)


class Moment(forms.DateTimeField):
    """A day of a span with its time, in the company's zone."""

    widget = forms.DateTimeInput

    def __init__(self, *, span: Span, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        self.span = span
        super().__init__(**kwargs)

    def validate(self, value: datetime | None) -> None:
        super().validate(value)
        if value is not None:
            self.span.check(timezone.localdate(value))


def take_refusal(form: forms.BaseForm, error: ValidationError) -> None:
    """What a service refused, at its fields where the form has them."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)


class DescribedLabel(str):
    """The label of a choice with a sentence below it: `DescribedLabel("Possible", "1-5 a year")`."""

    __slots__ = ("hint", "picture")
    hint: str
    picture: str

    def __new__(cls, label: str, hint: str = "", picture: str = "") -> Self:
        described = super().__new__(cls, label)
        described.hint, described.picture = hint, picture
        return described


class RadioCards(forms.RadioSelect):
    """Choices as cards, side by side on wide screens; labels may be `DescribedLabel`."""

    template_name = "django/forms/widgets/cards.html"

    def __init__(self, *, columns: int = 1, **kwargs: Any) -> None:  # noqa: ANN401 - Django's widget arguments
        super().__init__(**kwargs)
        self.columns = columns

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:  # noqa: ANN401 - Django's signature
        return super().get_context(name, value, attrs) | {"columns": self.columns}


class Field(BoundField):
    """A field as our templates show it."""

    def __init__(self, form: forms.BaseForm, field: forms.Field, name: str) -> None:
        super().__init__(form, field, name)
        _as_native(field.widget)
        if field.widget.attrs.get("placeholder") == self.label:
            del field.widget.attrs["placeholder"]  # allauth's: the label says it already
        # The browser would cut what is pasted without a word; the server says what is too long.
        field.widget.attrs.pop("maxlength", None)

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        own = str(attrs.get("class") or widget.attrs.get("class", ""))
        central = next((css for kind, css in _CLASSES if isinstance(widget, kind)), "")
        if joined := " ".join(filter(None, (central, own))):
            attrs["class"] = joined
        return attrs

    @property
    def anchor(self) -> str:
        """Where a link to the field leads: the first choice of a group has the focus, not the group."""
        first = "_0" if isinstance(self.field.widget, forms.RadioSelect) else ""
        several = "_0" if isinstance(self.field.widget, forms.CheckboxSelectMultiple) else ""
        return f"{self.auto_id}{first or several}"

    @property
    def is_tick(self) -> bool:
        """One check box: its label stands behind it."""
        return type(self.field.widget) is forms.CheckboxInput

    @property
    def says_required(self) -> bool:
        """Said in words; of two or three fields that are all asked for it goes without saying.

        A row of a table in which nothing stands yet asks for nothing (`is_blank`).
        """
        visible = self.form.visible_fields()
        is_plain = len(visible) <= _FEW and all(bound.field.required for bound in visible)
        is_blank = getattr(self.form, "is_blank", False)
        return self.field.required and not is_plain and not is_blank


class Renderer(TemplatesSetting):
    form_template_name = "django/forms/form.html"
    field_template_name = "django/forms/field.html"
    formset_template_name = "django/forms/formset.html"
    bound_field_class = Field


def _as_native(widget: forms.Widget) -> None:
    if type(widget) is forms.DateInput:
        widget.input_type, widget.format = "date", "%Y-%m-%d"
    elif type(widget) is forms.DateTimeInput:
        widget.input_type, widget.format = "datetime-local", "%Y-%m-%dT%H:%M"
    elif type(widget) is forms.TimeInput:
        widget.input_type, widget.format = "time", "%H:%M"
