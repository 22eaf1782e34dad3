"""Two people tick the steps of one plan; a tick without network keeps its moment and arrives once."""

from datetime import timedelta

import pytest

from tests.riskhub.web.browser import violations

pytestmark = pytest.mark.browser
NO_NETWORK = ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "htmx:")
WAITS = "[data-tick-waits]"
TEN_MINUTES_AGO = """localStorage['riskhub-ticks'] = JSON.stringify(
    JSON.parse(localStorage['riskhub-ticks']).map((one) => ({ ...one, at: one.at - 600000 })))"""


@pytest.fixture
def begun(run):
    """An hour ago."""
    type(run).objects.filter(pk=run.pk).update(started_at=run.started_at - timedelta(hours=1))
    return run


def test_each_sees_what_the_other_ticked(window, incident, run, staff_cleaning, risk_manager):
    url = f"/m/incidents/{incident.code}/response"
    with window(staff_cleaning, phone=True) as mine, window(risk_manager, phone=True) as theirs:
        mine.goto(url)
        theirs.goto(url)
        theirs.locator("form[data-tick] button").first.click()
        theirs.locator("[name=undone]").wait_for()
        mine.locator("[name=undone]").wait_for(timeout=15_000)
        assert "陈静" in mine.locator("#response-runs").inner_text()
    assert run.steps.first().done_by == risk_manager


def test_without_network_a_tick_waits_with_its_own_moment(window, incident, begun, staff_cleaning):
    with window(staff_cleaning, phone=True, allowed=NO_NETWORK) as page:
        page.goto(f"/m/incidents/{incident.code}/response")
        page.context.set_offline(True)
        page.locator("form[data-tick] button").nth(0).click()
        page.locator("form[data-tick] button").nth(1).click()
        page.locator(WAITS).nth(1).wait_for()
        assert violations(page) == []
        page.locator("form[data-tick] button").nth(1).click()  # taken back
        assert page.locator(WAITS).count() == 1
        page.evaluate(TEN_MINUTES_AGO)
        page.context.set_offline(False)
        page.locator("[name=undone]").wait_for()
        assert page.evaluate("localStorage['riskhub-ticks']") == "[]"
    first, second = begun.steps.select_related("activation")
    assert (first.done_by, first.took, second.done_at) == (staff_cleaning, 50, None)
