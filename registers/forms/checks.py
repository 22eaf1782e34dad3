from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from registers.choices import Effectiveness
from registers.effectiveness import Rule, proposed_result
from registers.forms.risks import take_errors
from registers.models.control import MOST_SAMPLED
from registers.services import CheckFound
from riskhub.entry.days import HAPPENED, PLANNED
from riskhub.files.choices import AttachmentKind
from riskhub.files.forms import FilesField
from riskhub.web.forms import Day, DescribedLabel, Prose, RadioCards

YES, NO = "yes", "no"
_HOW_MANY = dict.fromkeys(
    ("invalid", "min_value", "max_value"), _("Write a whole number from 0 to 1,000,000.")
)
_AROUND = {"due_on": "due_on", "last_check": "last_check", "proof": "files"}
_UNSAMPLED = {Effectiveness.INEFFECTIVE, Effectiveness.NOT_TESTED}


class CheckForm(forms.Form):
    """What was looked at and what was found.

    `due_on` names the check that the page was opened for, `last_check` the last one that it knew;
    `client_uuid` is the form's own key, so that sending it twice is one check.
    """

    done_on = Day(label=_("Done on"), span=HAPPENED)
    design_ok = forms.ChoiceField(
        label=_("If everybody did it, would it work?"), widget=RadioCards(columns=2),
        choices=lambda: [
            (YES, DescribedLabel(str(_("Yes")), str(_("It is designed right.")))),
            (NO, DescribedLabel(str(_("No")), str(_("It cannot prevent or lessen the harm as it is.")))),
        ],
    )  # fmt: skip
    sample_size = forms.IntegerField(
        label=_("How many did you look at?"), min_value=0, max_value=MOST_SAMPLED, initial=20,
        help_text=_("Orders, people, files: drawn at random. 0 where nothing could be looked at."),
        error_messages=_HOW_MANY,
    )  # fmt: skip
    exceptions = forms.IntegerField(
        label=_("How many were not as they should be?"), min_value=0, max_value=MOST_SAMPLED,
        error_messages=_HOW_MANY,
    )  # fmt: skip
    effectiveness = forms.ChoiceField(
        label=pgettext_lazy("of a check", "Result"), required=False, widget=forms.RadioSelect,
        choices=[("", _("As the rule says")), *Effectiveness.choices],
    )  # fmt: skip
    note = Prose(
        label=pgettext_lazy("of a check", "Note"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed where your result is not the one that the rule proposes."),
    )  # fmt: skip
    evidence = Prose(
        label=_("Where is the proof?"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    proof = FilesField(
        kind=AttachmentKind.DOCUMENT, most=10, required=False, label=_("Photos and files"),
        help_text=_("The filled-in list, photos, a record."),
    )  # fmt: skip
    due_on = Day(span=PLANNED, widget=forms.HiddenInput)
    last_check = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    client_uuid = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, rule: Rule, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        self.rule = rule
        self.initial.setdefault("done_on", timezone.localdate())
        self.initial.setdefault("client_uuid", uuid4())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        sample, exceptions = data.get("sample_size"), data.get("exceptions")
        if sample is None or exceptions is None:
            return data
        if exceptions > sample:
            words = _("You looked at %(sample)d, so at most %(sample)d can be wrong.")
            self.add_error("exceptions", words % {"sample": sample})
        elif "design_ok" in data:
            self._check_result(data, sample, exceptions)
        return data

    def _check_result(self, data: dict[str, Any], sample: int, exceptions: int) -> None:
        proposed = proposed_result(
            sample, exceptions, design_ok=data["design_ok"] == YES, rule=self.rule
        )
        chosen = data.get("effectiveness") or proposed
        if not sample and chosen not in _UNSAMPLED:
            words = _("Nothing was looked at, so nobody knows that it works. Choose “%(result)s”.")
            self.add_error("effectiveness", words % {"result": Effectiveness.NOT_TESTED.label})
        elif chosen != proposed and not data.get("note"):
            words = _("The rule proposes “%(result)s”. Say why you see it differently.")
            self.add_error("note", words % {"result": proposed.label})

    def found(self) -> CheckFound:
        facts = {name: value for name, value in self.cleaned_data.items() if name not in _AROUND}
        return CheckFound(**facts | {"design_ok": facts["design_ok"] == YES})

    def circumstances(self) -> dict[str, Any]:
        """What the page knew when it was opened, and the files."""
        return {argument: self.cleaned_data[name] for name, argument in _AROUND.items()}

    def take(self, error: ValidationError) -> None:
        take_errors(self, error)
