"""A template of a reply."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from incidents.models import ReplyTemplate
from riskhub.web.conflicts import Changing, remember_opened
from riskhub.web.forms import ReadVersion

_LINES = {"rows": 5}


class ReplyForm(Changing, forms.ModelForm):  # type: ignore[type-arg]  # of one model
    row_version = ReadVersion()

    class Meta:
        model = ReplyTemplate
        fields = ("name_zh", "name_en", "text_zh", "text_en", "order", "is_active")
        widgets = {
            "text_zh": forms.Textarea(attrs=_LINES),
            "text_en": forms.Textarea(attrs=_LINES),
        }
        help_texts = {
            "text_zh": _("{number} and {company} are filled in."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        self.initial["row_version"] = self.instance.row_version
        remember_opened(self)
