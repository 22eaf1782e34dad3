"""A new link for who forgot the password; the newest alone works, and no link of a closed account."""

import pytest
from django.test import Client

from riskhub.accounts.links import SignInLinks, link_path
from riskhub.accounts.models import User
from riskhub.accounts.services import make_sign_in_link
from tests.cast import PASSWORD, make_user
from tests.riskhub.accounts.views.test_person_create import NEW, link_on


@pytest.fixture
def person(db):
    return make_user("li.na", "李娜", password=PASSWORD)


def url_of(person):
    return f"/settings/people/{person.pk}/link/"


def works(path):
    return b'type="password"' in Client().get(path, follow=True).content


def test_it_stands_on_their_page(as_admin, person):
    page = as_admin.post(url_of(person), follow=True)
    assert page.redirect_chain == [(f"/settings/people/{person.pk}/", 302)]
    assert works(link_on(page))


def test_until_it_is_used_the_old_password_stays(as_admin, person):
    as_admin.post(url_of(person))
    done = Client().post("/accounts/login/", {"login": "li.na", "password": PASSWORD})
    assert done.status_code == 302


def test_the_newest_alone_works(as_admin, person):
    first = link_on(as_admin.post(url_of(person), follow=True))
    second = link_on(as_admin.post(url_of(person), follow=True))
    assert (works(first), works(second)) == (False, True)


@pytest.mark.parametrize(
    "change", [{"is_active": False}, {"session_series": 2}, {"email": "li@firm.cn"}]
)
def test_what_ends_it(person, admin, change):
    path = link_path(make_sign_in_link(person, by=admin))
    User.objects.filter(pk=person.pk).update(**change)
    assert not works(path)


def test_it_works_for_three_days(person, admin, monkeypatch):
    path = link_path(make_sign_in_link(person, by=admin))
    made = SignInLinks()._now()
    for days, holds in ((2.9, True), (3.1, False)):
        monkeypatch.setattr(
            "django.contrib.auth.tokens.PasswordResetTokenGenerator._now",
            lambda _self, days=days: made.__class__.fromtimestamp(made.timestamp() + days * 86400),
        )
        assert works(path) is holds


def test_none_for_a_closed_account(as_admin, person):
    User.objects.filter(pk=person.pk).update(is_active=False)
    answer = as_admin.post(url_of(person))
    assert answer.status_code == 409
    assert "此账号已停用" in answer.content.decode()
    assert User.objects.get(pk=person.pk).link_made_at is None


@pytest.mark.django_db
def test_who_gets_a_wrong_one_is_told_whom_to_ask(settings):
    settings.HAS_MAIL = False
    page = Client().get("/accounts/password/reset/key/1-abc/").content.decode()
    assert "管理员" in page
    assert '/accounts/password/reset/"' not in page


def test_a_password_that_is_too_easy_is_refused(as_admin, person):
    path = link_on(as_admin.post(url_of(person), follow=True))
    theirs = Client()
    form = theirs.get(path, follow=True).redirect_chain[-1][0]
    assert theirs.post(form, {"password1": "12345678", "password2": "12345678"}).status_code == 200
    assert theirs.post(form, {"password1": NEW, "password2": NEW}).status_code == 302
