from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessments.contingency.findings import FINDINGS, NO_DRILL, findings_of, found_in
from assessments.contingency.permissions import may_link_contingency
from assessments.models import ContingencyPlan
from registers.listing.tabs import View
from registers.models import Risk
from riskhub.web.access import signed_in
from riskhub.web.pagination import Page, paginate
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest


@require_safe
@signed_in
def contingency_gaps(request: SignedInRequest) -> HttpResponse:
    """Risks that nobody is ready for, and plans that nobody has tried; the first finding that there is."""
    findings, user = findings_of(request.user), request.user
    first = next((one.key for one in findings if one.count), findings[0].key)
    key = request.GET.get("gap") or first
    if key not in dict(FINDINGS):
        raise Http404
    are_plans = key == NO_DRILL
    load = ContingencyPlan.objects.for_list() if are_plans else Risk.objects.for_list()
    page: Page[Any] = paginate(request, found_in(key, user), load=load)
    url = reverse("assessments:contingency_gaps")
    context = {
        "page": page,
        "key": key,
        "are_plans": are_plans,
        "words": dict(FINDINGS)[key],
        "views": [View(f.words, f"{url}?gap={f.key}", f.count, f.key == key) for f in findings],
        "may_link": set() if are_plans else {r.pk for r in page if may_link_contingency(user, r)},
        "today": timezone.localdate(),
    }
    return render_page(request, "assessments/contingency_gaps.html", context)
