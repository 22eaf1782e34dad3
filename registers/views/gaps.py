from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from registers.gap_lists import GAPS, gap_counts, gap_rows
from registers.gaps import RiskGap
from registers.listing.tabs import View
from registers.models import Control, Risk
from registers.permissions import answers_for, can_check_control
from riskhub.web.access import signed_in
from riskhub.web.pagination import Page, paginate
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest


@require_safe
@signed_in
def gap_list(request: SignedInRequest) -> HttpResponse:
    """Risks that lack a control, and controls that may not hold; the first gap that there is."""
    counts, user = gap_counts(request.user), request.user
    first = next((one.key for one in counts if one.count), counts[0].key)
    key = request.GET.get("gap") or first
    if key not in GAPS:
        raise Http404
    is_of_risks = isinstance(GAPS[key], RiskGap)
    load = Risk.objects.for_list() if is_of_risks else Control.objects.for_list()
    page: Page[Any] = paginate(request, gap_rows(key, user), load=load)
    url = reverse("registers:gap_list")
    context = {
        "page": page,
        "is_of_risks": is_of_risks,
        "key": key,
        "views": [View(c.words, f"{url}?gap={c.key}", c.count, c.key == key) for c in counts],
        "words": GAPS[key].words,
        "may_link": {r.pk for r in page if answers_for(user, r.owner_department_id)},
        "may_check": set() if is_of_risks else {c.pk for c in page if can_check_control(user, c)},
        "today": timezone.localdate(),
    }
    return render_page(request, "registers/gap_list.html", context)
