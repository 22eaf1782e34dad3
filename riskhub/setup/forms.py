from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_stubs_ext import StrPromise

from assessments.schemes.presets import LEAST, MOST, presets
from registers.forms.registers import FreeCode
from registers.models import LibraryRisk, Register, ServiceLine
from riskhub.accounts.bilingual import as_read
from riskhub.accounts.models import Department, User
from riskhub.company.preferences import DEFAULTS, company_names, preference
from riskhub.entry.texts import one_line
from riskhub.setup.people_lines import Person, names_of_departments, read_people
from riskhub.web.forms import DescribedLabel, Line, Prose, RadioCards

MOST_LINES = 200
_ORDERS = _("Write a whole number from 1 to 100,000,000, such as 12000. About is enough.")
_REVENUE = _(
    "Write a whole number of yuan from 100,000 to 100,000,000,000, such as 3000000. About is enough."
)
PRESET_WORDS = {
    "balanced": _("Each step up in probability or impact is about five times as much. Fits most."),
    "cautious": _("Asks for more, earlier. For companies that mostly care for people."),
    "classic_product": _(
        "Probability times impact, for those who keep an old table. 4 × 4 stays below critical."
    ),
}


def _always(words: StrPromise) -> dict[str, Any]:
    """The same sentence whatever is wrong with a number: it says what to write."""
    return dict.fromkeys(("required", "invalid", "min_value", "max_value"), words)


class Password(forms.CharField):
    """A new one: every sign of it counts."""

    widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})


class FirstUserForm(forms.Form):
    display_name = Line(label=pgettext_lazy("of a person", "Name"), max_length=100)
    username = Line(
        label=_("Sign-in name"), max_length=150,
        help_text=_("Letters, digits and . - _ @ only, such as li.na."),
        validators=User._meta.get_field("username").validators,
    )  # fmt: skip
    password = Password(
        label=_("Password"), strip=False,
        help_text=_("Ten characters or more, not one that is easily guessed."),
    )  # fmt: skip

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password


class CompanyForm(forms.Form):
    """What the company is called, and its departments."""

    company_name_zh = Line(label=_("Company name in Chinese"), max_length=100)
    company_name_en = Line(label=_("Company name in English"), max_length=100, required=False)
    kept = forms.ModelMultipleChoiceField(
        label=_("Departments"), queryset=Department.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Untick what the company does not have."),
    )  # fmt: skip
    more = Prose(
        label=_("Further departments"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}), help_text=_("One a line."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        kept: Any = self.fields["kept"]
        kept.queryset = Department.objects.order_by("path")
        kept.label_from_instance = lambda one: one.name
        zh, en = company_names()
        self.initial = {
            "company_name_zh": zh,
            "company_name_en": "" if en == DEFAULTS["company_name_en"] else en,
            "kept": list(Department.objects.active().values_list("pk", flat=True)),
        } | dict(self.initial)  # fmt: skip

    def clean_more(self) -> list[str]:
        names = [one_line(line) for line in str(self.cleaned_data["more"]).splitlines()]
        names = list({as_read(name): name for name in reversed(names) if name}.values())[::-1]
        present = {as_read(one) for one in Department.objects.values_list("name_zh", flat=True)}
        faults = []
        for name in names:
            if len(name) > 100:  # noqa: PLR2004 - as the column
                faults.append(forms.ValidationError(_("A name has 100 characters at most.")))
            if as_read(name) in present:
                words = _("“%(name)s” is there already.")
                faults.append(forms.ValidationError(words, params={"name": name}))
        if faults:
            raise forms.ValidationError(faults)
        return names

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "more" in data and not data["more"] and not data.get("kept"):
            self.add_error("kept", _("Keep one department, or write one."))
        return data

    def given(self) -> dict[str, Any]:
        data = self.cleaned_data
        zh = data["company_name_zh"]
        names = {"company_name_zh": zh, "company_name_en": data["company_name_en"] or zh}
        return {"names": names, "kept": {one.pk for one in data["kept"]}, "more": data["more"]}


class PeopleForm(forms.Form):
    """One person a line."""

    people = Prose(
        label=_("People"), max_length=20_000, required=False,
        widget=forms.Textarea(attrs={"rows": 8, "class": "rh-code", "wrap": "off"}),
        help_text=_(
            "One a line: name, sign-in name, department, role, e-mail. Rows of a spreadsheet can be "
            "pasted."
        ),
    )  # fmt: skip

    def clean_people(self) -> list[Person]:
        text = str(self.cleaned_data["people"])
        if len(text.splitlines()) > MOST_LINES:
            raise forms.ValidationError(_("200 people at a time at most."))
        names = names_of_departments(Department.objects.active().iterator())
        people, faults = read_people(text, names)
        if faults:
            raise forms.ValidationError([str(fault) for fault in faults[:10]])
        return people


class ScopeForm(forms.Form):
    """What the company offers, and how much."""

    lines = forms.ModelMultipleChoiceField(
        label=_("Services"), queryset=ServiceLine.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one.")},
    )  # fmt: skip
    orders = forms.IntegerField(
        label=_("Orders a year"), min_value=1, max_value=100_000_000,
        help_text=_("About. The probabilities are explained by it."),
        error_messages=_always(_ORDERS),
    )  # fmt: skip
    revenue = forms.IntegerField(
        label=_("Revenue a year, in yuan"), min_value=LEAST, max_value=MOST,
        help_text=_("About. What counts as a severe loss follows from it."),
        error_messages=_always(_REVENUE),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        lines: Any = self.fields["lines"]
        lines.queryset = ServiceLine.objects.order_by("order", "code")
        lines.label_from_instance = lambda one: one.name
        active = ServiceLine.objects.filter(is_active=True)
        self.initial = {
            "lines": list(active.values_list("pk", flat=True)),
            "orders": preference("orders_per_year"), "revenue": preference("yearly_revenue"),
        } | dict(self.initial)  # fmt: skip

    def given(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"lines": {one.pk for one in data["lines"]}, "orders": data["orders"],
                "revenue": data["revenue"]}  # fmt: skip


class MatrixForm(forms.Form):
    preset = forms.ChoiceField(label=_("Matrix"), widget=RadioCards())

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        preset: Any = self.fields["preset"]
        preset.choices = [
            (one.code, DescribedLabel(one.name, str(PRESET_WORDS.get(one.code, ""))))
            for one in presets().values()
        ]


class LibraryForm(FreeCode, forms.Form):
    """Which starter risks go into the first register."""

    code = Line(
        label=_("Code of the register"), max_length=20, required=False,
        validators=Register._meta.get_field("code").validators,
        help_text=_("Short, in the address and in files: SVC, TECH, 2027."),
    )  # fmt: skip
    name_zh = Line(label=_("Name of the register"), max_length=100, required=False)
    department = forms.ModelChoiceField(
        label=_("Kept by"), queryset=Department.objects.none(), required=False, empty_label=None
    )
    register = forms.ModelChoiceField(
        label=_("Register"), queryset=Register.objects.none(), required=False, empty_label=None,
        to_field_name="code",
    )  # fmt: skip
    entries = forms.ModelMultipleChoiceField(
        label=_("Risks"), queryset=LibraryRisk.objects.all(), to_field_name="code",
        error_messages={"required": _("Tick at least one risk.")},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["department"].queryset = Department.objects.active().order_by("path")
        fields["register"].queryset = Register.objects.active().order_by("code")
        self.has_register = fields["register"].queryset.exists()
        for name in self._unasked():
            del self.fields[name]
        if not self.has_register:
            for name in ("code", "name_zh", "department"):
                self.fields[name].required = True

    def clean(self) -> dict[str, Any]:
        """The same step sent again means the register that it made the first time."""
        data = super().clean() or {}
        if self.has_register and not data.get("register") and "register" not in self.errors:
            registers: Any = self.fields["register"]
            made = registers.queryset.coded(one_line(self.data.get("code", ""))).first()
            data["register"] = made
            if made is None:
                self.add_error("register", registers.error_messages["required"])
        return data

    def given(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        return {"register": data.pop("register", None), "entries": data.pop("entries"), **data}

    def _unasked(self) -> Iterator[str]:
        yield from ("code", "name_zh", "department") if self.has_register else ("register",)
