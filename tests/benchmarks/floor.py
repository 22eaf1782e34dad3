"""The bare floor: Django's own page of the same fifty rows, counted, in a plain template.

Nobody signs in, no middleware runs, there is nothing to filter by and nowhere to go.
"""

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.template import Context, Template
from django.urls import path

from assessments.models import ResponsePlan
from incidents.choices import OVER
from incidents.models import Complaint
from registers.choices import OPEN_STATES
from registers.models import Risk

PAGE = """<!doctype html><html lang="zh-Hans"><head><title>Risks</title></head><body><table>
<thead><tr><th>Code</th><th>Name</th><th>Level</th><th>Response</th><th>Department</th></tr></thead>
<tbody>{% for risk in page %}<tr>
<td>{{ risk.code }}</td><td><a href="/risks/{{ risk.code }}/">{{ risk.title }}</a></td>
<td>{{ risk.get_residual_level_display }} {{ risk.residual_probability }},{{ risk.residual_impact }}</td>
<td>{{ risk.get_plan_strategy_display }} {{ risk.get_plan_state_display }}</td>
<td>{{ risk.owner_department.name }}</td></tr>{% endfor %}</tbody></table>
<p>{{ page.start_index }}-{{ page.end_index }} of {{ page.paginator.count }}</p></body></html>"""
PLANS = """<!doctype html><html lang="zh-Hans"><head><title>Plans</title></head><body><table>
<thead><tr><th>Plan</th><th>Level</th><th>Strategy</th><th>Waiting</th><th>By</th></tr></thead>
<tbody>{% for plan in page %}<tr>
<td><a href="/plans/{{ plan.code }}/decide/">{{ plan.risk.title }}</a> {{ plan.code }} {{ plan.risk.code }}
{{ plan.risk.owner_department.name }} {{ plan.head.number }}</td>
<td>{{ plan.head.residual_level }} {{ plan.head.residual_probability }},{{ plan.head.residual_impact }}</td>
<td>{{ plan.head.get_strategy_display }}</td><td>{{ plan.head.submitted_at|date }}</td>
<td>{{ plan.head.submitted_by.display_name }}</td></tr>{% endfor %}</tbody></table>
<p>{{ page.start_index }}-{{ page.end_index }} of {{ page.paginator.count }}</p></body></html>"""
COMPLAINTS = """<!doctype html><html lang="zh-Hans"><head><title>Complaints</title></head><body><table>
<thead><tr><th>Number</th><th>What</th><th>Clocks</th><th>Severity</th><th>By</th></tr></thead>
<tbody>{% for one in page %}<tr>
<td><a href="/incidents/complaints/{{ one.code }}/">{{ one.code }}</a></td>
<td>{{ one.text|truncatechars:80 }} {{ one.get_channel_display }} {{ one.order_ref }}</td>
<td>{{ one.first_contact_due|date:"m-d H:i" }} {{ one.offer_due|date:"m-d H:i" }}
{{ one.close_due|date:"m-d H:i" }}</td><td>{{ one.severity.code }} {{ one.service_line.name }}</td>
<td>{{ one.handler.display_name }} {{ one.get_state_display }}</td></tr>{% endfor %}</tbody></table>
<p>{{ page.start_index }}-{{ page.end_index }} of {{ page.paginator.count }}</p></body></html>"""
ROWS = 50

_template, _plans, _complaints = Template(PAGE), Template(PLANS), Template(COMPLAINTS)


def floor(request):
    """`?department=` gives the rows of one, as its head sees them."""
    scope = Q(owner_department=request.GET["department"]) if request.GET else Q()
    risks = (
        Risk.objects.filter(scope, state__in=OPEN_STATES)
        .select_related("owner_department")
        .order_by("rank_key")
    )
    page = Paginator(risks, ROWS).page(1)
    return HttpResponse(_template.render(Context({"page": page})))


def plans(_request):
    """Those that wait for a decision, as they were handed in."""
    waiting = (
        ResponsePlan.objects.filter(state="submitted")
        .select_related("risk__owner_department", "head__submitted_by")
        .order_by("head__submitted_at")
    )
    page = Paginator(waiting, ROWS).page(1)
    return HttpResponse(_plans.render(Context({"page": page})))


def complaints(request):
    """The queue, the clock that ends next at the top."""
    scope = Q(department=request.GET["department"]) if request.GET else Q()
    rows = (
        Complaint.objects.filter(scope)
        .exclude(state__in=OVER)
        .select_related("severity", "service_line", "handler")
        .order_by("next_due", "pk")
    )
    page = Paginator(rows, ROWS).page(1)
    return HttpResponse(_complaints.render(Context({"page": page})))


def alone(get_response):
    """Middleware of the floor: these pages instead of the product's."""

    def middleware(request):
        request.urlconf = __name__
        return get_response(request)

    return middleware


urlpatterns = [
    path("floor/", floor),
    path("floor/plans/", plans),
    path("floor/complaints/", complaints),
]
