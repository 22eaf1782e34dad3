from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessments.plans.action_lists import MINE, VIEWS, actions_in
from registers.permissions import sees_risks
from registers.querysets import READERS, departments_of
from riskhub.web.access import permitted
from riskhub.web.pagination import paginate
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest


@require_safe
@permitted(sees_risks)
def action_list(request: SignedInRequest) -> HttpResponse:
    """What is to be done for the plans in force: mine, what others are late with, or everything.

    `?department=` keeps those of one department and its parts.
    """
    view = request.GET.get("view", MINE)
    actions = actions_in(view, request.user)
    department = (
        departments_of(request.user, *READERS)
        .filter(code__iexact=request.GET.get("department", ""))
        .first()
    )
    if department:
        actions = actions.filter(department__path__startswith=department.path)
    context = {
        "page": paginate(
            request, actions.select_related("plan__risk", "owner", "department", "done_by")
        ),
        "views": VIEWS,
        "view": view,
        "department": department,
        "today": timezone.localdate(),
    }
    return render_page(request, "assessments/action_list.html", context)
