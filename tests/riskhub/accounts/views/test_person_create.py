"""The administrator makes an account; its owner chooses the password by a link that is handed over."""

import re

import pytest
from django.test import Client

from riskhub.accounts.models import User
from riskhub.audit.models import AuditEvent
from tests.cast import make_user

URL = "/settings/people/new/"
FIELDS = {"display_name": "李娜", "username": "li.na", "locale": "zh-hans"}
NEW = "Anders-genug-7"


def link_on(response):
    """The path of the link that the page shows, or None."""
    found = re.search(r'id="link"[^>]* value="http://testserver([^"]+)"', response.content.decode())
    return found and found[1]


def test_an_account_with_everything(as_admin, admin, clean):
    more = {
        "department": clean.pk,
        "email": "li@firm.cn",
        "phone": "+86 138 0013 8000",
        "locale": "en",
    }
    response = as_admin.post(URL, FIELDS | more)
    person = User.objects.get(username="li.na")
    assert (response.status_code, response["Location"]) == (302, f"/settings/people/{person.pk}/")
    assert (person.display_name, person.department, person.locale) == ("李娜", clean, "en")
    assert (person.email, person.phone) == ("li@firm.cn", "+86 138 0013 8000")
    assert (person.has_usable_password(), person.roles.has()) == (False, False)
    events = AuditEvent.objects.about(person).values_list("action", "actor_id")
    assert list(events) == [("user.link_made", admin.pk), ("user.created", admin.pk)]


def test_by_the_link_they_choose_their_password_and_sign_in(as_admin):
    page = as_admin.post(URL, FIELDS, follow=True)
    theirs = Client()
    form = theirs.get(link_on(page), follow=True)
    assert "li.na" in form.content.decode()
    done = theirs.post(form.redirect_chain[-1][0], {"password1": NEW, "password2": NEW})
    assert done.status_code == 302
    signed_in = theirs.post("/accounts/login/", {"login": "li.na", "password": NEW})
    assert (signed_in.status_code, signed_in["Location"]) == (302, "/")
    assert b'type="password"' not in Client().get(link_on(page), follow=True).content


def test_the_link_is_shown_once(as_admin):
    page = as_admin.post(URL, FIELDS, follow=True)
    assert link_on(page)
    assert link_on(as_admin.get(page.redirect_chain[-1][0])) is None


def test_it_is_not_shown_on_the_page_of_somebody_else(as_admin, outsider):
    as_admin.post(URL, FIELDS)
    assert link_on(as_admin.get(f"/settings/people/{outsider.pk}/")) is None


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"username": "ADMIN"}, "username"),
        ({"username": "li na"}, "username"),
        ({"username": ""}, "username"),
        ({"display_name": "\u200b"}, "display_name"),
        ({"email": "MA@example.com"}, "email"),
        ({"email": "no address"}, "email"),
        ({"department": "987654"}, "department"),
        ({"locale": "fr"}, "locale"),
    ],
)
def test_what_is_refused_is_said_and_nothing_typed_is_lost(as_admin, part, approver, fields, said):
    before = User.objects.count()
    response = part(as_admin, URL, "person-form", FIELDS | {"phone": "138"} | fields)
    assert (response.status_code, User.objects.count()) == (422, before)
    form = response.context["form"]
    assert list(form.errors) in ([said], ["__all__"])
    assert 'value="138"' in response.content.decode()


def test_a_closed_department_is_not_offered(as_admin, clean):
    clean.is_active = False
    clean.save()
    assert as_admin.post(URL, FIELDS | {"department": clean.pk}).status_code == 422


def test_full_width_letters_are_plain_ones(as_admin):
    as_admin.post(URL, FIELDS | {"username": "ｌｉ．ｎａ"})
    assert User.objects.filter(username="li.na").exists()


def test_what_is_no_field_is_not_taken(as_admin):
    as_admin.post(URL, FIELDS | {"is_superuser": "on", "is_active": "", "password": "x"})
    person = User.objects.get(username="li.na")
    assert (person.is_superuser, person.is_active, person.has_usable_password()) == (
        False, True, False,
    )  # fmt: skip


def test_the_same_form_twice_makes_one(as_admin):
    assert [as_admin.post(URL, FIELDS).status_code for _time in range(2)] == [302, 422]
    assert User.objects.filter(username="li.na").count() == 1


def test_everybody_with_another_spelling_signs_in_as_one(as_admin, db):
    make_user("Li.Na", "李娜")
    assert as_admin.post(URL, FIELDS).status_code == 422
