"""What is typed into a form, as `texts` keeps it."""

from typing import Any

from django import forms

from riskhub.entry import texts


class Prose(forms.CharField):
    """A text of several lines; a line break counts as one character, as it does in the browser."""

    widget = forms.Textarea

    def __init__(self, *, max_length: int | None = texts.LONGEST, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(max_length=max_length, **kwargs)

    def to_python(self, value: Any) -> Any:  # noqa: ANN401 - Django's signature
        return texts.kept(super().to_python(value) or "", texts.prose)
