"""The smallest story: the product is up, and somebody signs in by hand."""

import http.client
from urllib.parse import quote, urlsplit

import pytest

from tests.flows.people import hire, sign_in
from tests.flows.words import words_in

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("locale", "phone"), [("zh-hans", False), ("en", True)])
def test_a_risk_manager_signs_in(visit, locale, phone):
    hire(locale)
    with visit(phone=phone) as page:
        sign_in(page, words_in(locale), "manager")
        assert urlsplit(page.url).path == "/"
        assert page.get_by_role("heading", level=1).count() == 1


def test_a_long_search_is_answered_by_us(product):
    """The box takes 200 characters, but the address may come from elsewhere."""
    answers = {}
    for length in (800, 3000):
        asking = http.client.HTTPConnection(urlsplit(product).netloc)
        asking.request("GET", f"/risks/?q={quote('字' * length)}")
        answers[length] = asking.getresponse().status
        asking.close()
    assert answers == {800: 302, 3000: 414}
