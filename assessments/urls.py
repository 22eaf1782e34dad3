from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

app_name = "assessments"


def coming(request: HttpRequest, code: str = "") -> HttpResponse:
    raise Http404


urlpatterns = [
    path("risks/<str:code>/assess/", coming, name="assessment_create"),
    path("risks/<str:code>/assessments/", coming, name="assessment_list"),
    path("assessments/waiting/", coming, name="assessment_confirm"),
    path("matrix/", coming, name="heat_map"),
    path("risks/<str:code>/plan/", coming, name="risk_response"),
    path("risks/<str:code>/plan/new/", coming, name="plan_create"),
    path("plans/", coming, name="plan_list"),
    path("plans/<str:code>/", coming, name="plan_detail"),
    path("plans/<str:code>/edit/", coming, name="plan_edit"),
    path("plans/<str:code>/submit/", coming, name="plan_submit"),
    path("plans/<str:code>/withdraw/", coming, name="plan_withdraw"),
    path("plans/<str:code>/decide/", coming, name="plan_decide"),
    path("actions/<int:key>/finish/", coming, name="action_finish"),
    path("approvals/", coming, name="plan_waiting"),
]
