"""What was sent back stands among the work of its assessor until somebody judges the risk again."""

import pytest
from django.utils.translation import override

from assessments.returns import sent_back, sent_back_of_mine
from assessments.services import reject_assessment
from registers.services import close_risk
from tests.assessments.pages import queries_of
from tests.builders import assess, make_risk

pytestmark = pytest.mark.django_db

MY = "/my/"
WORDS = "Assessment of R001 sent back: 没有说明依据"


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def returned(risk, head_cleaning, risk_manager):
    waiting = assess(risk, (5, 5), (4, 4), by=head_cleaning)
    return reject_assessment(waiting, by=risk_manager, reason="没有说明依据") or waiting


def names_of(section):
    return [row.name for row in section.rows] if section else []


def test_it_is_on_the_home_page_and_on_their_own(returned, head_cleaning, risk_manager, sign_in):
    client = sign_in(head_cleaning)
    for url in ("/", MY):
        page = client.get(url).text
        assert page.count(">R001 的评估被退回：没有说明依据<") == 1
        assert 'href="/risks/R001/assess/"' in page
    section = sent_back(head_cleaning)
    assert (section.count, section.url) == (1, MY)
    assert sent_back_of_mine(head_cleaning).url == ""
    assert names_of(sent_back(risk_manager)) == []


def test_a_new_assessment_ends_it_whoever_makes_it(returned, risk, head_cleaning, risk_manager):
    assess(risk, (2, 2), (2, 2), by=risk_manager)
    assert sent_back(head_cleaning) is None


def test_one_that_waits_ends_it_too_and_what_comes_back_again_stands_there_once(
    returned, risk, head_cleaning, risk_manager
):
    again = assess(risk, (5, 5), (3, 4), by=head_cleaning)
    assert sent_back(head_cleaning) is None
    reject_assessment(again, by=risk_manager, reason="仍然没有")
    assert names_of(sent_back(head_cleaning)) == ["Assessment of R001 sent back: 仍然没有"]


def test_what_they_took_back_is_not_on_it_and_answers_nothing(
    returned, risk, register, head_cleaning, clean
):
    other = make_risk(register, by=head_cleaning, title="乙", department=clean)
    for one in (risk, other):
        waiting = assess(one, (5, 5), (3, 4), by=head_cleaning)
        reject_assessment(waiting, by=head_cleaning, reason="数字打错")
    assert names_of(sent_back(head_cleaning)) == [WORDS]


def test_a_closed_risk_asks_nothing(returned, risk, head_cleaning, risk_manager):
    close_risk(risk, by=risk_manager, reason="不再提供")
    assert sent_back(head_cleaning) is None


def test_as_many_queries_for_one_as_for_three(
    returned, register, head_cleaning, risk_manager, clean, sign_in
):
    client = sign_in(head_cleaning)
    one = queries_of(client, MY)
    for title in ("乙", "丙"):
        risk = make_risk(register, by=risk_manager, title=title, department=clean)
        waiting = assess(risk, (5, 5), (3, 4), by=head_cleaning)
        reject_assessment(waiting, by=risk_manager, reason="没有依据")
    assert queries_of(client, MY) == one
    assert sent_back(head_cleaning).count == 3
