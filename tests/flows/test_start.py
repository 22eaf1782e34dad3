"""The smallest story: the product is up, and somebody signs in by hand."""

import pytest

from riskhub.accounts.services import assign_role, create_user
from tests.cast import PASSWORD

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("locale", "sign_in", "phone"), [("zh-hans", "登录", False), ("en", "Sign in", True)]
)
def test_a_risk_manager_signs_in(stack, visit, locale, sign_in, phone):
    user = create_user(
        by=None, username="chen.jing", display_name="陈静", password=PASSWORD, locale=locale
    )
    assign_role(user, by=None, role="risk_manager")

    with visit(phone=phone, locale="zh-CN" if locale == "zh-hans" else "en-GB") as page:
        page.goto("/")
        if page.locator("html").get_attribute("lang") != ("en" if locale == "en" else "zh-Hans"):
            page.get_by_role("button", name="English").click()
        page.locator("[name=login]").fill("chen.jing")
        page.locator("[name=password]").fill(PASSWORD)
        page.get_by_role("button", name=sign_in, exact=True).click()
        page.wait_for_url("**/")

        assert page.locator("html").get_attribute("lang") == ("en" if locale == "en" else "zh-Hans")
        assert page.get_by_role("heading", level=1).count() == 1
