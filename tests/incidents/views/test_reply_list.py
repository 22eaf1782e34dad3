"""Templates of replies, and whoever reads them."""

import pytest

from incidents.models import ReplyTemplate
from incidents.services.replies import edit_reply
from tests.cast import make_user

pytestmark = pytest.mark.django_db

URL = "/settings/replies/"


def test_each_stands_there_in_both_languages_those_in_use_first(sign_in, service):
    first = ReplyTemplate.objects.first()
    edit_reply(first, by=service, version=None, is_active=False)
    page = sign_in(service).get(URL)
    assert page.context["replies"].last() == first
    assert (first.text_zh.replace('"', "&quot;") in page.text, "不再提供" in page.text) == (
        True,
        True,
    )


def test_whoever_handles_complaints_of_a_department_reads_them(sign_in, head_cleaning, service):
    page = sign_in(head_cleaning).get(URL)
    assert (page.status_code, "/settings/replies/new/" in page.text) == (200, False)
    assert "/settings/replies/new/" in sign_in(service).get(URL).text


def test_staff_do_not(sign_in, db):
    assert sign_in(make_user("nobody", "无角色")).get(URL).status_code == 403


def test_without_any_it_says_what_they_are_for(sign_in, service, monkeypatch):
    monkeypatch.setattr(ReplyTemplate, "objects", ReplyTemplate.objects.filter(pk=0))
    assert "还没有模板" in sign_in(service).get(URL).text
