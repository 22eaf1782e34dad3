"""The four decisions on a filing, as forms: what it becomes is suggested, and a person decides."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from registers.alike import Suggestion, usual_category
from registers.forms.risks import RiskForm
from registers.models import Register, Risk, RiskProposal
from registers.permissions import can_manage_department
from registers.querysets import number_of
from registers.services import RiskDraft
from riskhub.accounts.choices import Role
from riskhub.accounts.models import Department, User
from riskhub.web.forms import Line, Prose

SHORT = 60
MOST_CHOICES = 8
_ENDS = "。！？；\n.!?;"
_LINES = {"rows": 3}


class AcceptForm(RiskForm):
    """What a filing becomes. Most of it is prefilled: from its text, and as the look-alikes have it."""

    groups = (
        ("", ("title", "event", "category")),
        (_("Place in the register"), ("area", "primary_source", "owner_department", "register", "owner")),
    )  # fmt: skip
    more = ("cause", "consequence")
    velocity = controllability = business_importance = None  # type: ignore[assignment]  # not asked here

    class Meta(RiskForm.Meta):
        fields: tuple[str, ...] = (
            "register", "title", "event", "cause", "consequence", "category", "area",
            "primary_source", "owner_department", "owner",
        )  # fmt: skip

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's arguments
        user: User,
        proposal: RiskProposal,
        suggestion: Suggestion,
        **kwargs: Any,  # noqa: ANN401 - the same
    ) -> None:
        guessed = self._guess(user, proposal, suggestion)
        if not guessed["category"] and guessed["register"]:
            guessed["category"] = usual_category(user, guessed["register"])
        initial = guessed | kwargs.pop("initial", {})
        super().__init__(*args, user=user, initial=initial, **kwargs)
        self.lang = proposal.lang
        as_they = gettext("Suggested, as %(name)s") % {"name": suggestion.after}
        for name in ("category", "area"):
            if getattr(suggestion, name):
                self.fields[name].help_text = as_they
        if guessed["category"] and not suggestion.category:
            as_most = gettext("Suggested, as most risks in %(name)s")
            self.fields["category"].help_text = as_most % {"name": guessed["register"].name}
        self.fields["primary_source"].help_text = _("Suggested by what was ticked")
        self.fields["owner_department"].help_text = _("Suggested: where it was filed")

    @staticmethod
    def _guess(user: User, proposal: RiskProposal, suggestion: Suggestion) -> dict[str, Any]:
        registers = Register.objects.kept_by(user).select_related("department").order_by("code")
        return {
            "title": first_sentence(proposal.text),
            "event": proposal.text,
            "category": suggestion.category,
            "area": suggestion.area,
            "owner_department": proposal.department_id,
            "primary_source": suggestion.source,
            "register": _fitting(registers, proposal.department),
        }

    def draft(self) -> RiskDraft:
        """In the language of the filing, whose words it takes over."""
        return RiskDraft(**self.cleaned_data, lang=self.lang)


class MergeForm(forms.Form):
    """Any open risk of a register that the user keeps: by its number, or by words of its name.

    Where several have the words, `choices` are shown, and one is pressed.
    """

    risk = Line(
        label=_("Another risk"), max_length=100,
        help_text=_("Its code, such as R012, or words of its name."),
    )  # fmt: skip
    takes_words = True

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        self.user = user
        self.choices: list[Risk] = []

    def clean_risk(self) -> Risk:
        words = self.cleaned_data["risk"]
        if self.takes_words and not number_of(words):
            return self._named(words)
        code = {"code": words}
        risk = Risk.objects.visible_to(self.user).coded(self.cleaned_data["risk"]).first()
        if risk is None:
            raise ValidationError(
                gettext("There is no risk %(code)s here. Check the number.") % code
            )
        if not risk.is_open:
            words = gettext("%(code)s is closed. Open it again, or choose another risk.")
            raise ValidationError(words % {"code": risk.code})
        if not can_manage_department(self.user, risk.owner_department_id):
            words = gettext("%(code)s is kept by another risk manager. Choose a risk of your own.")
            raise ValidationError(words % {"code": risk.code})
        return risk

    def _named(self, words: str) -> Risk:
        found = Risk.objects.visible_to(self.user).open().matching(words)
        if not self.user.roles.everywhere(Role.RISK_MANAGER):
            own = self.user.roles.department_ids(Role.RISK_MANAGER)
            found = found.filter(owner_department__in=own)
        self.choices = list(found.select_related("owner_department").in_ranking()[:MOST_CHOICES])
        if not self.choices:
            none = gettext("You keep no open risk with these words. Check how they are written.")
            raise ValidationError(none)
        if len(self.choices) > 1:
            raise ValidationError(gettext("Several risks have these words. Choose one below."))
        return self.choices[0]


class AskForm(forms.Form):
    question = Prose(
        label=_("Question"), max_length=2000, widget=forms.Textarea(attrs=_LINES),
        help_text=_("The person who filed it reads and answers it; the filing waits for that."),
    )  # fmt: skip


class DeclineForm(forms.Form):
    reason = Prose(
        label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs=_LINES),
        help_text=_("The person who filed it will read this."),
    )  # fmt: skip


def _fitting(registers: Iterable[Register], department: Department) -> Register | None:
    """Of the department or the nearest one above it; else of one of its kind.

    Of several the oldest; one that is kept for a single service line only where there is no other.
    """

    def distance(register: Register) -> tuple[bool, int, bool, bool, int]:
        own = register.department
        is_above = department.path.startswith(own.path)
        return (
            not is_above, -len(own.path) if is_above else 0, own.kind != department.kind,
            register.service_line_id is not None, register.pk,
        )  # fmt: skip

    return min(registers, key=distance, default=None)


def first_sentence(text: str) -> str:
    """What stands before the first full stop, 60 characters at most: a first guess at a name."""
    words = text.strip()
    end = min((at for mark in _ENDS if (at := words.find(mark)) > 0), default=len(words))
    return words[: min(end, SHORT)].strip()
