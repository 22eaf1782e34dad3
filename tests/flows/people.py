"""Who plays in the stories: everybody has a password and signs in by hand."""

from tests.cast import PASSWORD, make_user

ROLES = {
    "manager": ("陈静", "risk_manager"),
    "second": ("李强", "risk_manager"),
    "approver": ("马文斌", "approver"),
    "auditor": ("孙悦", "auditor"),
}


def hire(locale):
    """{part: user} of those who see the whole company."""
    return {
        part: make_user(part, name, role, password=PASSWORD, locale=locale)
        for part, (name, role) in ROLES.items()
    }


def sign_in(page, say, username):
    """On the page of signing in, in the language of the story."""
    page.goto("/")
    html = page.locator("html")
    if html.get_attribute("lang") != say.lang:
        page.get_by_role("button", name="English" if say.lang == "en" else "中文").click()
    page.get_by_label(say("Username")).fill(username)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name=say("Sign in"), exact=True).click()
    page.wait_for_selector(".rh-shell")
    page.wait_for_load_state()  # a key that is pressed before the scripts have run is lost
    assert html.get_attribute("lang") == say.lang
