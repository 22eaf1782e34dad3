from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registers.forms.risks import RiskForm
from registers.models import Register, RiskProposal, RiskSource
from riskhub.accounts.models import Department, User
from riskhub.web.forms import Prose

SHORT = 60
_ENDS = "。！？；\n.!?;"


class AcceptForm(RiskForm):
    """What a filing becomes. The text is split by the risk manager; the rest can wait."""

    more = ()
    velocity = controllability = business_importance = None  # type: ignore[assignment]  # not asked here

    class Meta(RiskForm.Meta):
        fields: tuple[str, ...] = (
            "register", "title", "event", "cause", "consequence", "category", "area",
            "primary_source", "owner_department", "owner",
        )  # fmt: skip

    def __init__(self, *args: Any, user: User, proposal: RiskProposal, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        initial = self._guess(user, proposal) | kwargs.pop("initial", {})
        super().__init__(*args, user=user, initial=initial, **kwargs)

    @staticmethod
    def _guess(user: User, proposal: RiskProposal) -> dict[str, Any]:
        """From the filing itself; the category is for a person to say."""
        registers = Register.objects.kept_by(user).select_related("department").order_by("code")
        source = RiskSource.objects.filter(code="internal_record").first()
        return {
            "title": first_sentence(proposal.text),
            "event": proposal.text,
            "owner_department": proposal.department_id,
            "primary_source": source.pk if source else None,
            "register": _fitting(registers, proposal.department),
        }


def _fitting(registers: Iterable[Register], department: Department) -> Register | None:
    """Of the department or the nearest one above it; else of one of its kind; else the first."""

    def distance(register: Register) -> tuple[bool, int, bool]:
        own = register.department
        is_above = department.path.startswith(own.path)
        return not is_above, -len(own.path) if is_above else 0, own.kind != department.kind

    return min(registers, key=distance, default=None)


class DeclineForm(forms.Form):
    reason = Prose(
        label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The person who filed it will read this."),
    )  # fmt: skip


def first_sentence(text: str) -> str:
    """What stands before the first full stop, 60 characters at most: a first guess at a name."""
    words = text.strip()
    end = min((at for mark in _ENDS if (at := words.find(mark)) > 0), default=len(words))
    return words[: min(end, SHORT)].strip()
