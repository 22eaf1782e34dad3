"""The smallest story: the product is up, and somebody signs in by hand."""

from urllib.parse import urlsplit

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
