import re

import pytest

from tests.assessments.pages import htmx
from tests.assessments.services.test_plans import tomorrow
from tests.assessments.views.plan_forms import sent
from tests.builders import assess, make_plan

pytestmark = pytest.mark.django_db

URL = "/risks/R001/plan/new/"


def test_nothing_is_ticked_that_nobody_has_looked_at(
    risk, risk_manager, second_manager, approver, sign_in
):
    """Before a strategy is chosen the rest is missing all the same."""
    assess(risk, (5, 5), (5, 5), by=risk_manager, confirmed_by=second_manager)
    page = sign_in(risk_manager).get(URL)
    done = [point.words for point in page.context["checklist"].points if point.is_done]
    assert done == ["The risk has a confirmed level"]


def offered(page, axis):
    """The scores of one list of targets."""
    start = page.text.index(f'id="id_target_{axis}"')
    return re.findall(
        r'<option value="(\d*)"', page.text[start : page.text.index("</select>", start)]
    )


def test_no_target_above_the_present_score_is_offered(high_risk, risk_manager, sign_in):
    """R001 stands at 4, 3."""
    page = sign_in(risk_manager).get(URL)
    assert offered(page, "probability") == ["", "1", "2", "3", "4"]
    assert offered(page, "impact") == ["", "1", "2", "3"]


def test_a_target_that_the_plan_names_stays_though_the_risk_fell_below_it(
    high_risk, risk_manager, second_manager, sign_in
):
    plan = make_plan(high_risk, by=risk_manager, target=(4, 3))
    assess(high_risk, (4, 3), (2, 2), by=risk_manager, confirmed_by=second_manager)
    page = sign_in(risk_manager).get(f"/plans/{plan.code}/edit/")
    assert offered(page, "probability") == ["", "1", "2", "4"]


def test_a_row_in_which_nothing_stands_asks_for_nothing(high_risk, risk_manager, sign_in):
    client = sign_in(risk_manager)
    rows = client.get(URL).text.partition('id="actions"')[2].partition('id="resources"')[0]
    assert 'class="rh-required"' not in rows
    data = sent(("试压", None))
    rows = client.post(URL, data).text.partition('id="actions"')[2].partition('id="resources"')[0]
    assert rows.count('class="rh-required"') == 3  # title, owner and day of the row that was begun


def test_of_a_text_that_is_too_long_it_says_how_long_it_may_be(
    high_risk, risk_manager, approver, sign_in
):
    typed = sent(strategy="accept", accept_reason="因" * 2001, accept_until=tomorrow(), preview="1")
    page = sign_in(risk_manager).post(URL, typed, **htmx("plan-checklist"))
    missing = [point.missing for point in page.context["checklist"].points if not point.is_done]
    assert missing == ["Write at most 2000 characters; these are 2001."]
