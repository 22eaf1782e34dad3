"""Forms that a phone keeps until it has network: whose they are, and when they were written.

The scripts are static/riskhub/outbox.js, phone-form.js, outbox-list.js and worker.js.
"""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from csp.constants import SELF
from csp.decorators import csp_update
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from riskhub.web.forms import Line

if TYPE_CHECKING:
    from riskhub.accounts.models import User

AT_ONCE = 60
"""So many seconds may pass before what is sent counts as kept on the phone meanwhile."""
LONGEST = timedelta(days=60)
"""A phone that says more has lost its clock."""


works_offline = csp_update({"worker-src": [SELF]})
"""On the views whose pages take the worker of /m/worker.js; no other page may start one."""


def owner_of(user: "User") -> str:
    """By this a phone knows whose things it keeps: no name, and another secret does not change it."""
    return sha256(f"riskhub.offline:{user.pk}:{user.date_joined.isoformat()}".encode()).hexdigest()


class Waited(forms.Field):
    """Seconds on the phone, as a difference: its clock may be wrong. No report fails for it."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> timedelta:  # noqa: ANN401 - Django's signature
        text = str(value or "")
        seconds = (
            int(text) if text.isascii() and text.isdigit() and len(text) <= len("9" * 9) else 0
        )
        return min(timedelta(seconds=seconds), LONGEST) if seconds >= AT_ONCE else timedelta()


class PhoneForm(forms.Form):
    """Filled in by one person: what they wrote is never sent as somebody else's who signed in since."""

    owner = Line(required=False, widget=forms.HiddenInput)
    waited = Waited(required=False)

    def __init__(self, *args: Any, user: "User", **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        self.initial["owner"] = owner_of(user)
        self.user = user

    def clean_owner(self) -> str:
        owner: str = self.cleaned_data["owner"]
        if owner and owner != owner_of(self.user):
            raise ValidationError(
                _(
                    "Somebody else wrote this before you signed in. They sign in and send it; "
                    "or open the page again and write your own."
                )
            )
        return owner

    @property
    def written_at(self) -> datetime | None:
        """When it was sent on the phone, of a valid form; None where it came at once."""
        waited: timedelta = self.cleaned_data["waited"]
        return timezone.now() - waited if waited else None

    @property
    def told(self) -> dict[str, Any]:
        """The fields of the form itself, without those of the phone."""
        return {k: v for k, v in self.cleaned_data.items() if k not in {"owner", "waited"}}
