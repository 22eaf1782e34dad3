"""People and departments, as the administrator keeps them. Signing in stands in `entrance`."""

from django.urls import path

from riskhub.accounts.views import delegations, departments, leaving, people, roles

app_name = "accounts"

urlpatterns = [
    path("settings/people/", people.person_list, name="person_list"),
    path("settings/people/new/", people.person_create, name="person_create"),
    path("settings/people/<int:pk>/", people.person_detail, name="person_detail"),
    path("settings/people/<int:pk>/edit/", people.person_edit, name="person_edit"),
    path("settings/people/<int:pk>/link/", people.person_link, name="person_link"),
    path(
        "settings/people/<int:pk>/deactivate/", leaving.person_deactivate,
        name="person_deactivate",
    ),
    path(
        "settings/people/<int:pk>/reactivate/", leaving.person_reactivate,
        name="person_reactivate",
    ),
    path("settings/people/<int:pk>/roles/new/", roles.role_give, name="role_give"),
    path("settings/roles/<int:pk>/end/", roles.role_end, name="role_end"),
    path("settings/stand-ins/", delegations.delegation_list, name="delegation_list"),
    path(
        "settings/people/<int:pk>/stand-ins/new/", delegations.delegation_create,
        name="delegation_create",
    ),
    path(
        "settings/stand-ins/<int:pk>/end/", delegations.delegation_end, name="delegation_end"
    ),
    path("settings/departments/", departments.department_list, name="department_list"),
    path("settings/departments/new/", departments.department_create, name="department_create"),
    path(
        "settings/departments/<str:code>/edit/", departments.department_edit,
        name="department_edit",
    ),
    path(
        "settings/departments/<str:code>/close/", departments.department_close,
        name="department_close",
    ),
    path(
        "settings/departments/<str:code>/reopen/", departments.department_reopen,
        name="department_reopen",
    ),
]  # fmt: skip
