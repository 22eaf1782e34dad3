"""How a quarter is called."""

from django.utils.translation import gettext as _

from riskhub.company.calendar import Quarter


def quarter_name(quarter: Quarter) -> str:
    """In the active language: 2026 年第 3 季度, Q3 2026."""
    return _("Q%(number)s %(year)s") % {"number": quarter.number, "year": quarter.year}
