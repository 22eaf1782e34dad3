"""From an empty database to the first printed register, by the screen alone."""

import pytest

from registers.models import LibraryRisk, Risk
from riskhub.accounts.models import User
from riskhub.setup.first_key import first_path
from tests.cast import PASSWORD
from tests.flows.looks import faults
from tests.flows.reports import text_of
from tests.flows.words import words_in
from tests.riskhub.web.browser import DESKTOP

pytestmark = pytest.mark.browser
PEOPLE = "马文斌，ma.wenbin，，审批人\n李强，li.qiang，，风险管理员\n王芳，wang.fang，OPS，员工"


def go(page, say, words):
    page.get_by_role("button", name=say(words), exact=True).click()


def at(page, say, heading):
    """There, and nothing wrong with the page: one language looks at the light theme, one at the dark."""
    page.get_by_role("heading", name=say(heading), level=1).wait_for()
    assert faults(page, dark=say.locale == "en") == []
    page.set_viewport_size(DESKTOP)


@pytest.mark.parametrize("locale", ["zh-hans", "en"])
def test_from_nothing_to_the_first_printed_register(stack, visit, locale):
    say = words_in(locale)
    assert not User.objects.get_queryset().exists()
    with visit(language=locale) as page:
        page.goto(first_path())
        at(page, say, "The first account")
        page.get_by_label(say("Sign-in name")).fill("li.na")
        page.locator("[name=display_name]").fill("李娜")
        page.locator("[name=password]").fill(PASSWORD)
        go(page, say, "Make the account and begin")

        at(page, say, "What is the company called, and which departments does it have?")
        page.get_by_label(say("Company name in Chinese")).fill("安心到家")
        page.get_by_label(say("Company name in English")).fill("Homely")
        page.get_by_label(say("Further departments")).fill("花园部")
        go(page, say, "Save and go on")

        at(page, say, "Who works with RiskHub?")
        page.locator("[name=people]").fill(PEOPLE + "\n甲")
        go(page, say, "Make the accounts and go on")
        page.locator("[name=people]:invalid, [name=people][aria-invalid=true]").wait_for()
        page.locator("[name=people]").fill(PEOPLE)
        go(page, say, "Back")
        at(page, say, "What is the company called, and which departments does it have?")
        go(page, say, "Save and go on")
        at(page, say, "Who works with RiskHub?")
        assert page.locator("[name=people]").input_value() == PEOPLE
        go(page, say, "Make the accounts and go on")

        at(page, say, "What does the company offer, and how much of it?")
        page.get_by_label(say("Revenue a year, in yuan")).fill("80000000")
        go(page, say, "Go on later")
        page.get_by_role("link", name=say("Go on setting up")).click()
        at(page, say, "What does the company offer, and how much of it?")
        assert page.locator("[name=revenue]").input_value() == "80000000"
        go(page, say, "Save and go on")

        at(page, say, "Choose a risk matrix")
        page.get_by_text(say("from %(amount)s", amount="1,000,000")).wait_for()
        go(page, say, "Use this matrix and go on")

        at(page, say, "Take over common risks")
        ticked = page.locator("[name=entries]:checked").count()
        assert ticked == LibraryRisk.objects.count()
        page.locator("[name=entries]").first.uncheck()
        go(page, say, "Take over the ticked and go on")

        at(page, say, "Your register stands")
        assert Risk.objects.count() == ticked - 1
        with page.expect_download() as download:
            page.get_by_role("link", name=say("Print the register")).click()
        paper = text_of(download.value.path())
        for risk in Risk.objects.all():
            assert risk.code in paper
        assert ("安心到家" if locale == "zh-hans" else "Homely") in paper

        link = page.locator("#link-1").input_value()
        go(page, say, "Finish the set-up")
        page.wait_for_url("**/risks/")

    with visit() as page:
        page.goto(link)
        page.locator("[name=password1]").wait_for()
