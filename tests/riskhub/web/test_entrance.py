"""Signing in and out, the menus, errors: as the user sees them, in both languages."""

import re

import pytest

from tests.riskhub.web.browser import shot, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_signing_in_and_out(window, manager, phone):
    manager.set_password("Str0ng-enough!")
    manager.save()
    kind = "phone" if phone else "desktop"
    with window(phone=phone) as page:
        page.goto("/accounts/login/")
        assert violations(page) == []
        shot(page, f"login-{kind}")
        page.get_by_role("button", name="English").click()
        page.get_by_role("heading", name="Sign in").wait_for()
        assert page.locator("html").get_attribute("lang") == "en"
        page.locator("#id_login").fill("manager")
        page.locator("#id_password").fill("wrong")
        page.get_by_role("button", name="Sign in").click()
        page.locator(".rh-summary").wait_for()
        assert violations(page) == []
        shot(page, f"login-wrong-{kind}")
        page.locator("#id_password").fill("Str0ng-enough!")
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(re.compile("/$"))
        page.goto("/web/thing/")
        assert page.locator("html").get_attribute("lang") == "en"
        page.locator(".rh-top .rh-menu summary").click()
        assert violations(page) == []
        shot(page, f"menu-{kind}")
        page.locator("[name=theme][value=dark]").click()
        page.locator("html[data-bs-theme=dark]").wait_for()
        page.locator(".rh-top .rh-menu summary").click()
        page.keyboard.press("Escape")
        assert page.locator(".rh-menu[open]").count() == 0
        page.locator(".rh-top .rh-menu summary").click()
        page.locator("form[action$=logout\\/] button").click()
        page.wait_for_url(lambda url: "/web/" not in url)
        page.goto("/web/parts/")
        page.wait_for_url("**/accounts/login/**")


def test_the_phone_menu_leads_everywhere(window, manager):
    with window(manager, phone=True) as page:
        page.goto("/web/thing/")
        page.locator(".rh-sheet summary").click()
        assert violations(page) == []
        shot(page, "sheet")
        page.locator(".rh-sheet").get_by_text("清单").click()
        page.wait_for_url("**/web/things/")


@pytest.mark.parametrize("name", ["missing", "forbidden", "broken", "stale", "press"])
def test_error_pages(window, manager, name):
    with window(manager, allowed=["status of"]) as page:
        page.goto(f"/web/{name}/")
        assert violations(page) == []
        shot(page, f"error-{name}")


def test_password_change_looks_like_the_rest(window, manager):
    manager.set_password("Str0ng-enough!")
    manager.save()
    with window(manager) as page:
        page.goto("/accounts/password/change/")
        assert violations(page) == []
        shot(page, "password")


def test_without_script_everything_still_works(window, manager):
    with window(manager, java_script_enabled=False) as page:
        page.goto("/web/thing/")
        page.locator("#id_display_name").fill("没有脚本")
        page.locator("#save").click()
        page.get_by_role("heading", name="没有脚本").wait_for()
        page.locator("#pressing").click()
        assert page.locator("[data-toast] span").inner_text() == "已提交，马文斌 9月25日前决定。"
        page.goto("/web/things/?page=1")
        page.locator(".rh-top .rh-menu summary").click()
        page.locator("[name=theme][value=dark]").click()
        page.locator("html[data-bs-theme=dark]").wait_for()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(
    "name",
    ["login", "password/reset", "password/reset/done", "password/reset/key/1-x",
     "password/reset/key/done", "inactive"],
)  # fmt: skip
def test_other_entrance_pages(window, db, settings, name, language):
    settings.HAS_MAIL = True
    with window() as page:
        page.goto("/accounts/login/")
        if language == "en":
            page.get_by_role("button", name="English").click()
            page.get_by_role("heading", name="Sign in").wait_for()
        page.goto(f"/accounts/{name}/")
        assert page.locator(".rh-entrance-card h1").count() == 1
        assert violations(page) == []
        shot(page, f"accounts-{name.replace('/', '-')}-{language}")
