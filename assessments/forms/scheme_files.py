"""A file with a matrix, and which of our levels each of its levels is."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from assessments.matrix import SCORES
from assessments.schemes.content import SchemeContent
from assessments.schemes.files import MOST_BYTES, ForeignGrid, read_file
from assessments.schemes.reading import NotAScheme
from assessments.schemes.rows import area_codes
from registers.choices import Level
from riskhub.web.forms import Line, Prose


class SchemeFileForm(forms.Form):
    """First the file; where its levels are not four, then a level for each of them.

    The text of the file travels along as `kept`, and its name, so that it is chosen once.
    """

    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
        help_text=gettext_lazy(
            "JSON: a file from here, or another program's grid of 5x5 levels. Up to 0.1 MB."
        ),
    )
    kept = Prose(required=False, max_length=MOST_BYTES, widget=forms.HiddenInput)
    kept_name = Line(required=False, max_length=300, widget=forms.HiddenInput)
    client_uuid = forms.UUIDField(widget=forms.HiddenInput)

    found: SchemeContent | ForeignGrid | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        self.reason = ""
        self.is_answered = False  # whether the question was seen: a file sent just now brings it up
        if self.is_bound:
            self._read()

    @property
    def is_to_map(self) -> bool:
        return isinstance(self.found, ForeignGrid) and not self.found.is_of_four

    @property
    def level_fields(self) -> list[Any]:
        return [self[name] for name in self._level_names()]

    @property
    def their_rows(self) -> list[tuple[int, list[str]]]:
        """Their grid in their own words: (impact, by probability), the worst impact first."""
        grid = self.found
        if not isinstance(grid, ForeignGrid):
            return []
        return [
            (impact, [grid.levels[grid.cells[probability, impact]] for probability in SCORES])
            for impact in reversed(SCORES)
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.reason:
            self.add_error("file", self.reason)
        elif isinstance(self.found, ForeignGrid) and self.is_to_map and self.is_answered:
            self._check_mapped(self.found)
        return data

    def _check_mapped(self, grid: ForeignGrid) -> None:
        """Each of theirs is one of ours, and none is lower than one that stands below it."""
        if not self._is_mapped():
            self.add_error(None, _("Say which of the four levels each of theirs is."))
            return
        below = ""
        for name in (f"level_{number}" for number in grid.upwards):
            if below and self.cleaned_data[name] < self.cleaned_data[below]:
                words = _("It stands above “%(lower)s”: choose %(level)s or a higher level.")
                level = Level(self.cleaned_data[below])
                named = {"lower": self.fields[below].label, "level": level.label}
                self.add_error(name, words % named)
                return
            below = name

    @property
    def is_settled(self) -> bool:
        """Of a valid form: whether nothing is left to ask."""
        return not self.is_to_map or (self.is_answered and self._is_mapped())

    def content(self, base: SchemeContent) -> SchemeContent:
        """Of a valid form."""
        assert self.found is not None  # noqa: S101 - or the form would not be valid
        if isinstance(self.found, SchemeContent):
            return self.found
        if self.found.is_of_four:
            return self.found.content(base, Level.values)
        return self.found.content(base, [self.cleaned_data[name] for name in self._level_names()])

    def _read(self) -> None:
        raw = self._sent()
        if raw is None:
            self.reason = _("Choose a file.")
            return
        try:
            self.found = read_file(raw, area_codes())
        except NotAScheme as refusal:
            self.reason = str(refusal)
            return
        if isinstance(self.found, ForeignGrid) and not self.found.is_of_four:
            self._ask(self.found.levels)
            data: Any = self.data
            data = data.copy()
            data[self.add_prefix("kept")] = raw.decode("utf-8-sig")
            self.is_answered = any(self.add_prefix(name) in data for name in self._level_names())
            if not self.is_answered:
                data.update(self._suggested(self.found))
            if file := self.files.get(self.add_prefix("file")):
                data[self.add_prefix("kept_name")] = file.name
            self.data = data

    def _sent(self) -> bytes | None:
        file = self.files.get(self.add_prefix("file"))
        if isinstance(file, UploadedFile):
            raw: bytes = file.read(MOST_BYTES + 1)
            return raw
        kept = self.data.get(self.add_prefix("kept"))
        return kept.encode("utf-8", "replace") if kept else None

    def _ask(self, levels: Sequence[str]) -> None:
        choices = [("", gettext_lazy("choose")), *Level.choices]
        for number, name in enumerate(levels):
            self.fields[f"level_{number}"] = forms.TypedChoiceField(
                label=name, choices=choices, required=False, coerce=int, empty_value=None
            )

    def _level_names(self) -> list[str]:
        return [name for name in self.fields if name.startswith("level_")]

    def _suggested(self, grid: ForeignGrid) -> dict[str, str]:
        """Ours where one of theirs has its name in either language, unless that would go down."""
        ours = _by_name()
        named = [(number, _key(grid.levels[number])) for number in grid.upwards]
        found = [(number, ours[name]) for number, name in named if name in ours]
        ranks = [level for _number, level in found]
        if ranks != sorted(ranks):
            return {}
        return {self.add_prefix(f"level_{number}"): str(level) for number, level in found}

    def _is_mapped(self) -> bool:
        return all(self.cleaned_data.get(name) is not None for name in self._level_names())


def _by_name() -> dict[str, int]:
    """Our levels by their names in each language."""
    found: dict[str, int] = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            found |= {_key(str(level.label)): level.value for level in Level}
    return found


def _key(name: str) -> str:
    return name.strip().casefold()
