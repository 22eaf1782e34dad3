"""A plan from its first word to the decision, step by step as on the pages."""

import re


def write_plan(page, say, *, objective, action, owner, due_on):
    """From the page of the risk: mitigate, one action, kept as a draft that is ready to be submitted."""
    page.locator(".rh-head .btn", has_text=say("Write a plan")).click()
    page.locator("[name=strategy][value=mitigate]").check()
    page.locator("[name=objective]").fill(objective)
    page.locator("[name=action-0-title]").fill(action)
    page.locator("[name=action-0-owner]").select_option(str(owner.pk))
    page.locator("[name=action-0-due_on]").fill(due_on.isoformat())
    page.get_by_role("button", name=say("Check and submit")).click()
    page.wait_for_url(re.compile(r"/submit/$"))


def submit_plan(page, say, number=1):
    """What the page shows is what management will read; one button."""
    page.get_by_role("button", name=say("Submit version %(number)s", number=number)).click()
    page.wait_for_url(re.compile(r"/plans/RP-\d+/$"))


def approve_plan(page, say, title, *, comment, number=1):
    """Two taps and a sentence: the plan on the home page, then the decision."""
    page.get_by_role("link", name=title, exact=True).first.click()
    page.get_by_label(say("Comment")).fill(comment)
    page.get_by_role("button", name=say("Approve version %(number)s", number=number)).click()
    page.wait_for_url(re.compile(r"/approvals/$"))
