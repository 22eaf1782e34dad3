"""What a level asks for, in one sentence."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from assessments.schemes.in_force import Demand


def demand_words(demand: Demand) -> str:
    """As in: Needs a plan, approved by management within 10 days. Review every 3 months."""
    if demand.review_months is None:
        return _plan(demand)
    return _("%(plan)s %(review)s") % {
        "plan": _plan(demand),
        "review": _review(demand.review_months),
    }


def _plan(demand: Demand) -> str:
    if demand.needs_approval and demand.approval_days:
        return ngettext(
            "Needs a plan, approved by management within %(days)d day.",
            "Needs a plan, approved by management within %(days)d days.",
            demand.approval_days,
        ) % {"days": demand.approval_days}
    if demand.needs_approval:
        return _("Needs a plan, approved by management.")
    if demand.needs_plan:
        return _("Needs a plan.")
    return _("Needs no approved plan.")


def _review(months: int) -> str:
    if months == 1:
        return pgettext("once a month", "Review every month.")
    words = ngettext("Review every month.", "Review every %(months)d months.", months)
    return words % {"months": months}
