"""A file of records on its way in, and what its columns are."""

from collections.abc import Iterable
from pathlib import PurePath
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from assessments.forms.imports import TableFileForm
from incidents.models.elsewhere import LONGEST_SOURCE
from incidents.records.kinds import KINDS, RecordKind
from incidents.records.moments import DAY_FIRST, MONTH_FIRST
from incidents.services.record_runs import RunPreview
from riskhub.web.forms import Line

_COLUMN, _DEFAULT = "column_", "default_"
_ORDERS = [
    ("", _("The year comes first, or the file shows it")),
    (DAY_FIRST, _("The day: 31/3/2026")),
    (MONTH_FIRST, _("The month: 3/31/2026")),
]


class RecordFileForm(TableFileForm):
    kind = forms.ChoiceField(label=_("What is in the file?"), widget=forms.RadioSelect)
    source = Line(
        label=_("Where do the records come from?"), max_length=LONGEST_SOURCE,
        help_text=_("One word for the system or the office, always the same: CRM, 12315. With "
                    "the number of a record it says whether that is there already."),
    )  # fmt: skip
    field_order = ("kind", "source", "file")

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.choices = [(one.code, one.words) for one in KINDS.values()]
        self.initial.setdefault("kind", next(iter(KINDS)))

    @property
    def upload(self) -> dict[str, Any]:
        """What `upload_records` takes."""
        values = self.cleaned_data
        return {
            "content": values["file"].read(),
            "filename": PurePath(str(values["file"].name)).name,
            "kind": KINDS[values["kind"]],
            "source": values["source"],
        }


class RecordMappingForm(forms.Form):
    """One choice for each field: its column, and for some what holds where a record says nothing."""

    row_version = forms.IntegerField(widget=forms.HiddenInput)
    order = forms.ChoiceField(
        label=_("What comes first in dates?"), choices=_ORDERS, required=False
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's arguments
        kind: RecordKind,
        preview: RunPreview,
        lists: dict[str, list[tuple[str, str]]],
        **kwargs: Any,  # noqa: ANN401 - Django's arguments
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        columns = [(str(one.index), f"{one.letter} {one.text}") for one in preview.table.headings]
        for one in kind.fields:
            self.fields[_COLUMN + one.name] = forms.ChoiceField(
                label=one.words, required=one.is_needed and one.name not in kind.defaults,
                choices=[("", _("not in the file")), *columns],
                initial=str(preview.columns.get(one.name, "")),
            )  # fmt: skip
        for name in kind.defaults:
            self.fields[_DEFAULT + name] = forms.ChoiceField(
                label=kind.by_name[name].words, required=False,
                choices=[("", _("nothing")), *lists[name]],
                initial=preview.answers.defaults.get(name, ""),
            )  # fmt: skip

    @property
    def column_fields(self) -> list[BoundField]:
        return self._named(_COLUMN, (one.name for one in self.kind.fields))

    @property
    def default_fields(self) -> list[BoundField]:
        return self._named(_DEFAULT, self.kind.defaults)

    @property
    def mapping(self) -> dict[str, Any]:
        """What `save_record_mapping` keeps."""
        values = self.cleaned_data
        columns = {one.name: values[_COLUMN + one.name] for one in self.kind.fields}
        defaults = {name: values[_DEFAULT + name] for name in self.kind.defaults}
        return {
            "columns": {name: int(index) if index else None for name, index in columns.items()},
            "defaults": {name: code for name, code in defaults.items() if code},
            "order": values["order"],
        }

    def _named(self, prefix: str, names: Iterable[str]) -> list[BoundField]:
        return [self[prefix + name] for name in names]
