"""The reason why something that is owed is not done: enough of it to be understood later."""

from django.utils.translation import gettext as _

from riskhub.entry.texts import prose

LEAST = 10
"""So many characters that can be seen, blanks not counted."""
_DIFFERENT = 4
"""So many letters or figures that are not the same: dots alone say nothing."""


def reason_fault(text: str) -> str:
    """Why this is no reason, in a sentence; empty when it is one."""
    seen = "".join(prose(text).split())
    if len(seen) >= LEAST and len({sign for sign in seen if sign.isalnum()}) >= _DIFFERENT:
        return ""
    return _("Give a reason of at least %(count)d characters that others understand later.") % {
        "count": LEAST
    }
