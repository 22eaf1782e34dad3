"""The bare insert, for gunicorn: behind the product's own sign-in and middleware, one row and on.

gunicorn tests.benchmarks.bare:application
"""

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponseRedirect
from django.urls import path

django.setup()

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


urlpatterns = [path("m/new", insert), *product]
settings.ROOT_URLCONF = __name__
application = WSGIHandler()
