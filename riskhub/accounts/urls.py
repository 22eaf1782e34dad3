"""Signing in and out: those pages of allauth that the product has, under allauth's own names.

Nobody signs up, and e-mail addresses are kept with the person, by the administrator.
"""

from allauth.account import views
from django.urls import path, re_path

from riskhub.accounts.entrance import by_mail, of_own_password

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path(
        "password/change/", of_own_password(views.password_change), name="account_change_password"
    ),
    path("password/reset/", by_mail(views.password_reset), name="account_reset_password"),
    path(
        "password/reset/done/",
        by_mail(views.password_reset_done),
        name="account_reset_password_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        by_mail(views.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        by_mail(views.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
]
