"""What goes wrong on the pages for customers is told under the company's name, without a way to sign in."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def refusals():
    """What is not there, what a button opens, and a form without its token."""
    strict = Client(enforce_csrf_checks=True)
    yield 404, strict.get("/complain/nothing")
    yield 405, strict.get("/track/leave")
    yield 403, strict.post("/complain", {"text": "厨房漏水，地板泡坏了"})


def test_no_page_for_customers_leads_to_the_sign_in():
    for status, page in refusals():
        assert page.status_code == status
        assert 'class="rh-phone"' in page.text
        assert "/accounts/" not in page.text
        assert 'href="/"' not in page.text
        assert "我的公司" in page.text


def test_what_was_typed_is_shown_for_copying():
    *_rest, (_status, page) = refusals()
    assert "厨房漏水，地板泡坏了" in page.text


def test_elsewhere_nothing_changed(client):
    assert 'class="rh-entrance"' in client.get("/nowhere").text
