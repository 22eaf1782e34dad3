"""The layout and every part in a real browser: no violation of access rules, none of the CSP."""

import pytest

from riskhub.accounts.services import set_theme
from tests.riskhub.web.browser import shot, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


# Every pair of language, theme and width once.
VIEWS = [
    ("manager", "light", False),
    ("manager", "dark", True),
    ("staff", "dark", False),
    ("staff", "light", True),
]


@pytest.mark.parametrize("view", VIEWS, ids=str)
@pytest.mark.parametrize("name", ["parts", "things", "thing"])
def test_looks(name, view, window, request):
    who, theme, phone = view
    user = request.getfixturevalue(who)
    set_theme(user, by=user, theme=theme)
    with window(user, phone=phone) as page:
        page.goto(f"/web/{name}/")
        shot(page, f"{name}-{user.locale}-{theme}-{'phone' if phone else 'desktop'}")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
