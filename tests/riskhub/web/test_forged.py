"""What no page sends, a forged post may bring: it is answered in the house's own sentences."""

import pytest
from django import forms
from django.utils.translation import override

from riskhub.accounts.models import Department
from riskhub.web.forms import Line, Prose


class SentForm(forms.Form):
    text = forms.CharField(max_length=5, required=False)
    line = Line(max_length=5, required=False)
    prose = Prose(max_length=5, required=False)
    one = forms.ChoiceField(choices=[("a", "A")], required=False)
    typed = forms.TypedChoiceField(choices=[("1", "1")], coerce=int, required=False)
    several = forms.MultipleChoiceField(choices=[("a", "A")], required=False)
    row = forms.ModelChoiceField(Department.objects.none(), required=False)
    rows = forms.ModelMultipleChoiceField(Department.objects.none(), required=False)


UNREADABLE = "Take out the characters that cannot be read.", "删去无法读取的字符。"
LONG = "Write at most 5 characters; these are 7.", "最多 5 个字符，现在有 7 个。"
CHOOSE = (
    "Choose again: what was sent is not among what is offered.",
    "重新选择：提交的不在可选范围内。",
)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        *((name, "a\0b", UNREADABLE) for name in ("text", "line", "prose")),
        *((name, "1234567", LONG) for name in ("text", "line", "prose")),
        *((name, "z", CHOOSE) for name in ("one", "typed", "row")),
        ("several", ["z"], CHOOSE),
        ("rows", ["a\0b"], UNREADABLE),
        *(("rows", [value], CHOOSE) for value in ("z", "9")),
    ],
)
def test_in_both_languages(name, value, sentence):
    for language, words in zip(("en", "zh-hans"), sentence, strict=True):
        with override(language):
            assert SentForm({name: value}).errors == {name: [words]}


@pytest.mark.django_db
def test_on_a_page(risk_manager, sign_in):
    answer = sign_in(risk_manager).post(
        "/risks/new/", {"velocity": "z", "category": "x", "title": "长" * 301}
    )
    errors = answer.context["form"].errors
    assert errors["velocity"] == errors["category"] == ["重新选择：提交的不在可选范围内。"]
    assert errors["title"] == ["最多 300 个字符，现在有 301 个。"]
