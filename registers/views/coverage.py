from django.http import HttpResponse
from django.views.decorators.http import require_safe

from registers.coverage import areas_covered, lines_covered
from registers.permissions import can_create_risk, sees_risks
from riskhub.web.access import permitted
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest


@require_safe
@permitted(sees_risks)
def area_coverage(request: SignedInRequest) -> HttpResponse:
    """Each area and service line with its open risks: a gap is a row of its own, never left out."""
    context = {
        "tables": [areas_covered(request.user), lines_covered(request.user)],
        "may_create": can_create_risk(request.user),
    }
    return render_page(request, "registers/area_coverage.html", context)
