"""The map: one list per package, in reading order."""

from django.urls import include, path

from riskhub import health, home

urlpatterns = [
    path("", home.home, name="home"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("accounts/", include("riskhub.accounts.entrance")),
    path("api/v1/", include("riskhub.api.urls")),
    path("", include("riskhub.web.urls")),
    path("", include("riskhub.accounts.urls")),
    path("", include("riskhub.search.urls")),
    path("", include("riskhub.files.urls")),
    path("", include("riskhub.notices.urls")),
    path("", include("riskhub.oversight.urls")),
    path("", include("riskhub.reports.urls")),
    path("", include("registers.urls")),
    path("", include("assessments.urls")),
    path("", include("incidents.urls")),
    path("setup/", include("riskhub.setup.urls")),
]

handler400 = "riskhub.web.errors.bad_request"
handler403 = "riskhub.web.errors.permission_denied"
handler404 = "riskhub.web.errors.page_not_found"
handler429 = "riskhub.web.errors.locked_out"  # allauth's own limits ask for it
handler500 = "riskhub.web.errors.server_error"
