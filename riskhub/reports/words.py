"""How a quarter is called, and why a report could not be made."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from riskhub.company.calendar import Quarter

_KNOWN = (
    gettext_noop("The text engine crashed: no usable font, or a broken library."),
    gettext_noop("The processor limit is used up."),
    gettext_noop("The file grew over its limit."),
    gettext_noop("Killed: the processor limit, or the machine has no memory left."),
    gettext_noop("The memory limit is used up."),
)


def why_failed(error: str) -> str:
    """What the renderer said, in the active language; what it does not foresee is in the log."""
    if error in _KNOWN:
        return _(error)
    if error.startswith("No PDF after"):
        return _("It took longer than is allowed.")
    return _("A fault that nobody foresaw; the log of the worker has the details.")


def quarter_name(quarter: Quarter) -> str:
    """In the active language: 2026 年第 3 季度, Q3 2026."""
    return _("Q%(number)s %(year)s") % {"number": quarter.number, "year": quarter.year}
