"""The bare insert, for gunicorn: behind the product's own sign-in and middleware, one row and on.

gunicorn tests.benchmarks.bare:application
"""

from datetime import timedelta
from functools import cache
from uuid import uuid4

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponseRedirect
from django.urls import path

django.setup()

from django.utils import timezone  # noqa: E402 - with the models

from incidents.models import Complaint, Severity  # noqa: E402 - needs the app registry
from registers.models import RiskProposal  # noqa: E402 - needs the app registry
from riskhub.urls import urlpatterns as product  # noqa: E402 - the same
from riskhub.web.access import signed_in  # noqa: E402 - the same


@signed_in
def insert(request):
    filed = RiskProposal.objects.create(
        client_uuid=request.POST["client_uuid"], text=request.POST["text"],
        department_id=request.POST["department"], submitter=request.user,
    )  # fmt: skip
    return HttpResponseRedirect(f"/m/filed/{filed.pk}")


def complain(request):
    """One row and on: no number, no clocks, nobody is told. A form of several pages remembers it was sent."""
    now, day = timezone.now(), timedelta(days=1)
    Complaint.objects.create(
        code=f"B-{uuid4().hex[:16]}", text=request.POST["text"], severity=severity(), received_at=now,
        first_contact_due=now + day, offer_due=now + day, close_due=now + day,
    )  # fmt: skip
    request.session["sent"] = True
    return HttpResponseRedirect("/complain/done")


@cache
def severity():
    return Severity.objects.first()


urlpatterns = [path("m/new", insert), path("complain/check", complain), *product]
settings.ROOT_URLCONF = __name__
application = WSGIHandler()
