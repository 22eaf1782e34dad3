from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from riskhub.accounts.choices import Role
from riskhub.accounts.models import User
from riskhub.entry.days import PLANNED
from riskhub.web.forms import Day, Line


class DelegationForm(forms.Form):
    """Who decides instead, from when until when, and why."""

    to_user = forms.ModelChoiceField(
        label=_("Stand-in"), queryset=User.objects.none(), empty_label=_("Choose")
    )
    begins_on = Day(label=_("From"), span=PLANNED)
    last_on = Day(label=_("Last day"), span=PLANNED, help_text=_("It ends by itself after that."))
    reason = Line(label=_("Why"), max_length=200, help_text=_("Such as: on leave."))

    def __init__(self, *args: Any, of: User, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        to_user: Any = self.fields["to_user"]
        auditors = User.objects.get_queryset().holding_now([Role.AUDITOR])
        to_user.queryset = (
            User.objects.visible_to(of)
            .active()
            .exclude(pk=of.pk)
            .exclude(pk__in=auditors.values("pk"))
            .order_by("display_name", "pk")
        )
        self.initial.setdefault("begins_on", timezone.localdate())
