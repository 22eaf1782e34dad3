"""What a level asks for, in one sentence."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from assessments.schemes.in_force import Demand


def demand_words(demand: Demand) -> str:
    """As in: Needs a plan, approved by management within 10 days. Review every 3 months."""
    said = _plan(demand)
    for words in (_more(demand), _review(demand.review_months)):
        if words:
            said = _("%(plan)s %(review)s") % {"plan": said, "review": words}
    return said


def _more(demand: Demand) -> str:
    """What the plan must hold besides."""
    if demand.needs_special_measures and demand.needs_contingency:
        return _("It names special measures, their sponsor and a contingency plan.")
    if demand.needs_special_measures:
        return _("It names special measures and their sponsor.")
    return _("It names a contingency plan.") if demand.needs_contingency else ""


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


def _review(months: int | None) -> str:
    if months is None:
        return ""
    if months == 1:
        return pgettext("once a month", "Review every month.")
    words = ngettext("Review every month.", "Review every %(months)d months.", months)
    return words % {"months": months}
