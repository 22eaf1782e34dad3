"""What a risk manager does with the register, step by step as on the pages."""

import re

RISK = re.compile(r"/risks/R\d+/(?:[?#]|$)")
BESIDE = re.compile(r"/risks/R\d+/|[?&]open=R\d+")
CHOSEN = ("inherent_probability", "inherent_impact", "residual_probability", "residual_impact")


def open_area(page, say, area, name):
    """By the left bar, on a phone by the menu at the foot. The pages of an area show when it is open."""
    if not follow(page, say, name):
        follow(page, say, area)
        follow(page, say, name)


def follow(page, say, words):
    """Whether the bar has this entry; the only page of an area has none of its own."""
    menu = page.locator(".rh-bottom summary")
    is_phone = menu.is_visible()
    bar = page.locator(".rh-sheet-body" if is_phone else ".rh-side")
    if is_phone:
        menu.click()
    link = bar.get_by_role("link", name=re.compile(rf"^{re.escape(say(words))}( \d+)?$")).first
    if link.count():
        with page.expect_navigation():
            link.click()
        return True
    if is_phone:
        menu.click()
    return False


def import_file(page, say, path, *, register, answers, scales, count):
    """Into a new register; what the file leaves open is answered. `scales`: {axis: {value: step}}."""
    open_area(page, say, "Register", "Imports")
    page.get_by_role("link", name=say("Import a register")).first.click()
    page.locator("[name=file]").set_input_files(path)
    page.locator("[name=register]").select_option("")
    if not page.locator("[name=code]").is_visible():
        page.locator("summary", has_text=say("The new register")).click()
    for name, value in register.items():
        fill(page, name, value)
    page.get_by_role("button", name=say("Upload and check")).click()
    none = say("Import %(count)s risk", "Import %(count)s risks", 0 if scales else count)
    assert page.get_by_role("button", name=none).get_attribute("aria-disabled") == "true"
    for axis, steps in scales.items():
        for value, step in steps.items():
            page.get_by_label(f"{say(axis)} “{value}”", exact=True).select_option(str(step))
    for name, value in answers.items():
        fill(page, f"default_{name}", value)
    page.get_by_role("button", name=say("Save and check")).click()
    begin = say("Import %(count)s risk", "Import %(count)s risks", count)
    page.locator(f"button:not([aria-disabled]):text-is('{begin}')").click()
    done = say("%(count)s risk is imported", "%(count)s risks are imported", count)
    page.get_by_role("heading", name=done).wait_for()


def fill(page, name, value):
    """Whatever kind of field it is."""
    field = page.locator(f"[name={name}]")
    if field.evaluate("field => field.tagName") == "SELECT":
        field.select_option(value)
    else:
        field.fill(value)


def adopt(page, say, codes, *, register):
    open_area(page, say, "Identify", "Library")
    for code in codes:
        page.locator(f"[name=entries][value={code}]").check()
    page.locator("[name=register]").select_option(register)
    page.get_by_role("button", name=say("Adopt ticked risks")).click()
    page.wait_for_url(re.compile(r"/risks/\?register="))


def open_risk(page, say, title):
    """By its name in the list, which narrows while one types."""
    open_area(page, say, "Register", "Risk list")
    page.locator("#q").fill(title)
    page.wait_for_url(re.compile(r"[?&]q="))
    page.get_by_role("link", name=title, exact=True).click()
    page.wait_for_url(BESIDE)
    if not RISK.search(page.url):
        page.locator("[data-panel-page]").click()
    page.wait_for_url(RISK)


def assess(page, say, *, inherent, residual, reason):
    """From the page of the risk; the level appears before anything is submitted."""
    page.locator(".rh-head .btn", has_text=say("Assess")).click()
    for field, score in zip(CHOSEN, (*inherent, *residual), strict=True):
        page.locator(f"[name={field}][value='{score}']").check()
    page.locator("[name=rationale]").fill(reason)
    page.locator("#assessment-preview .rh-level").nth(1).wait_for()
    page.get_by_role("button", name=say("Submit assessment")).click()
    page.wait_for_url(RISK)


def confirm_one(page, say, title):
    """From the list on the home page to the risk, and there."""
    page.goto("/")
    page.get_by_role("link", name=title, exact=True).first.click()
    confirm = page.get_by_role("button", name=say("Confirm"), exact=True)
    confirm.click()
    confirm.wait_for(state="detached")


def confirm_all(page, say, count):
    """On the page for many, as it is linked from the home page."""
    page.goto("/")
    link = say("Assessments to confirm")
    page.get_by_role("heading", name=link).get_by_role("link").click()
    page.get_by_role("link", name=say("Tick all"), exact=True).click()
    ticked = page.locator("[name=chosen]:checked")
    ticked.nth(count - 1).wait_for(state="attached")  # the link leads to the page anew
    assert ticked.count() == count
    page.get_by_role("button", name=say("Confirm the ticked")).click()
    page.get_by_text(say("Nothing waits"), exact=True).wait_for()
