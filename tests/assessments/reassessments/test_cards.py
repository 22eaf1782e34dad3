"""Numbers on the home page, on /my/ and in the table of departments are those of the lists."""

import pytest

from assessments.reassessments.cards import late, mine, mine_or_none
from assessments.supervision import reassessment_columns
from riskhub.oversight.supervision import lines_of, supervised_by
from tests.assessments.reassessing import ask_again
from tests.builders import make_risk

pytestmark = pytest.mark.django_db


@pytest.fixture
def tasks(register, risk_manager, staff_cleaning, clean, repair):
    """Two of one person, one of them late; one of nobody, late; one of another department."""
    for days, department, owner in (
        (-2, clean, staff_cleaning), (5, clean, staff_cleaning), (-1, clean, None), (3, repair, None),
    ):  # fmt: skip
        risk = make_risk(register, by=risk_manager, department=department, owner=owner)
        ask_again(risk, "manual", days, by=risk_manager)


def behind(client, url):
    return client.get(url).context["page"].count


def test_who_may_assess_sees_what_waits_for_them_and_how_many_are_late(
    tasks, sign_in, staff_cleaning, head_cleaning
):
    section = mine(head_cleaning)
    assert (section.count, section.late) == (3, 2)
    assert [row.is_late for row in section.rows] == [True, True, False]
    assert behind(sign_in(head_cleaning), section.url) == 3
    assert all(row.action for row in section.rows)
    assert mine(staff_cleaning) is None
    home = sign_in(staff_cleaning).get("/").text
    assert "My reassessments" not in home
    assert "/assess/" not in home


def test_who_answers_sees_what_is_late(tasks, sign_in, risk_manager, head_cleaning, head_repair):
    for user in (risk_manager, head_cleaning):
        section = late(user)
        assert (section.count, section.late) == (2, 2)
        assert behind(sign_in(user), section.url) == 2
        assert section.rows[0].action_url == "/risks/R001/assess/"
    assert late(head_repair) is None


def test_my_page_says_that_there_is_none(register, head_cleaning):
    assert mine(head_cleaning) is None
    assert mine_or_none(head_cleaning).count == 0


def test_each_number_in_the_table_of_departments_is_that_of_its_list(tasks, sign_in, risk_manager):
    client, seen = sign_in(risk_manager), 0
    for line in lines_of(supervised_by(risk_manager), reassessment_columns(risk_manager)):
        for cell in line.cells:
            assert (cell.url, behind(client, cell.url)) == (cell.url, cell.part.count)
            seen += cell.part.count
    assert seen == 2 * (3 + 1) + 2 * 2  # once for the part, once for the whole
