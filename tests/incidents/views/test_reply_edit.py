"""A template of a reply is changed, and taken out of use."""

import pytest

from incidents.models import ReplyTemplate
from incidents.services.replies import edit_reply

pytestmark = pytest.mark.django_db


@pytest.fixture
def reply(db):
    return ReplyTemplate.objects.first()


@pytest.fixture
def values(reply):
    names = ("name_zh", "name_en", "text_zh", "text_en", "order", "row_version")
    return {name: getattr(reply, name) for name in names}


def url_of(reply):
    return f"/settings/replies/{reply.pk}/edit/"


def test_it_is_taken_out_of_use(sign_in, service, reply, values):
    assert sign_in(service).post(url_of(reply), values).status_code == 302
    reply.refresh_from_db()
    assert reply.is_active is False


def test_a_stale_version_shows_both_texts(sign_in, service, second_service, reply, values):
    edit_reply(reply, by=second_service, version=None, text_zh="别人写的")
    page = sign_in(service).post(url_of(reply), values | {"text_zh": "我写的", "is_active": "on"})
    assert page.status_code == 409
    assert ("别人写的" in page.text, "我写的" in page.text) == (True, True)


def test_what_does_not_fit_is_said(sign_in, service, reply, values):
    page = sign_in(service).post(url_of(reply), values | {"name_zh": ""})
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["name_zh"])


def test_one_that_is_not_there(sign_in, service):
    assert sign_in(service).get("/settings/replies/99999/edit/").status_code == 404
