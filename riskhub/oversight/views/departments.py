from django.http import HttpResponse
from django.views.decorators.http import require_safe

from riskhub.oversight.permissions import can_supervise
from riskhub.oversight.supervision import columns_for, lines_of, supervised_by
from riskhub.web.access import permitted
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest


@require_safe
@permitted(can_supervise)
def department_list(request: SignedInRequest) -> HttpResponse:
    """Each department that the user supervises, its children in its numbers."""
    columns = columns_for(request.user)
    context = {"columns": columns, "lines": lines_of(supervised_by(request.user), columns)}
    return render_page(request, "oversight/department_list.html", context)
