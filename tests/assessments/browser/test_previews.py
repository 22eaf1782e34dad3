"""Answers on a slow line: the preview of an assessment asks again with each score."""

import pytest

from registers.models import Control
from tests.assessments.browser.choices import cut_choices
from tests.assessments.browser.test_work import choose
from tests.builders import cover
from tests.riskhub.web.browser import settle

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_answer_that_comes_late_does_not_undo_a_later_one(
    risk, risk_manager, window, in_english
):
    cover(risk, (5, 3), (2, 2), by=risk_manager)
    held = []

    def hold(route):
        held.append(route)

    with window(risk_manager) as page:
        page.goto("/risks/R001/assess/")
        page.route("**/assess/?*", hold, times=1)
        choose(page, inherent_probability=5, inherent_impact=3, residual_probability=3)
        choose(page, residual_impact=2)
        page.wait_for_timeout(500)  # time enough for the second answer to overtake the first
        held[0].continue_()
        settle(page)
        page.locator("#assessment-level").get_by_text("Medium").wait_for()


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_by_how_much_a_control_counts_is_read_whole(risk, risk_manager, window, in_english, phone):
    cover(risk, (5, 3), (2, 2), by=risk_manager)
    Control.objects.update(title="Cleaning tools and cloths kept apart by the colour of their room")
    with window(risk_manager, phone=phone) as page:
        if not phone:
            page.set_viewport_size({"width": 1280, "height": 800})
        page.goto("/risks/R001/assess/")
        assert page.locator("#counted-controls select").count() == 6
        assert cut_choices(page, "#counted-controls select") == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
