"""Two versions of a plan beside each other."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from assessments.forms.comparisons import CompareForm
from assessments.plans.versions import versions_to_compare
from assessments.plans.words import changes_between
from assessments.views.fetching import visible_plan
from riskhub.web.access import signed_in
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest


@require_safe
@signed_in
def plan_compare(request: SignedInRequest, code: str) -> HttpResponse:
    """`?before=1&after=2`; without, from the version in force to the newest."""
    plan = visible_plan(request, code)
    before, after = versions_to_compare(plan, _number(request, "before"), _number(request, "after"))
    versions = list(plan.versions.select_related("submitted_by", "created_by"))
    shown = {"before": before.number, "after": after.number}
    context = {
        "plan": plan,
        "risk": plan.risk,
        "versions": versions,
        "form": CompareForm(plan=plan, versions=versions, shown=shown),
        "before": before,
        "after": after,
        "changes": changes_between(before, after),
    }
    return render_page(request, "assessments/plan_compare.html", context)


def _number(request: SignedInRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else None  # noqa: PLR2004 - no plan has more versions
