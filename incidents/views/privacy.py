"""What is kept about customers, for how long, and who sees it."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from incidents.complaints.telling import kept_for
from incidents.views.public import customer_page
from riskhub.company.preferences import preference


@require_safe
def privacy_notice(request: HttpRequest) -> HttpResponse:
    span = kept_for(preference("contact_kept_days"))
    return customer_page(request, "incidents/privacy_notice.html", {"span": span})
