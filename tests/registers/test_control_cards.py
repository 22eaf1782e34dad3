"""Numbers on the home page are those of the lists that they open."""

from datetime import timedelta

import pytest
from django.utils import timezone

from registers.control_cards import control_gaps, late_checks, my_checks, own_checks
from registers.gap_lists import gap_counts
from riskhub.oversight.cards import Section
from tests.builders import assess, check, make_control
from tests.registers.pages import codes_of, control_codes


def days(n):
    return timezone.localdate() + timedelta(days=n)


@pytest.fixture
def work(clean, tech, risk_manager, staff_cleaning, risk, second_manager):
    for title, n in (("迟", -6), ("今天", 0), ("后天", 2), ("下月", 30)):
        make_control(
            clean, by=risk_manager, title=title, owner=staff_cleaning, next_check_on=days(n)
        )
    bad = make_control(tech, by=risk_manager, title="无效", next_check_on=days(-40))
    check(bad, 20, 12, by=risk_manager, done_on=days(-39))
    assess(risk, (4, 4), (4, 3), by=risk_manager, confirmed_by=second_manager)


def rows_behind(client, url):
    page = client.get(url)
    return page.context["page"].count


def test_the_owner_sees_what_is_due(work, sign_in, staff_cleaning):
    section = my_checks(staff_cleaning)
    assert (section.count, section.late) == (3, 1)
    assert [row.name for row in section.rows] == ["迟", "今天", "后天"]
    assert [row.is_late for row in section.rows] == [True, False, False]
    assert section.rows[0].action_url == "/controls/C-101/check/"
    assert rows_behind(sign_in(staff_cleaning), section.url) == 3


def test_who_answers_sees_what_others_are_late_with(
    work, manager, sign_in, risk_manager, head_cleaning
):
    section = late_checks(risk_manager)
    assert (section.count, section.late) == (2, 2)
    assert rows_behind(manager, section.url) == 2
    assert "王芳" in section.rows[1].meta
    own = late_checks(head_cleaning)
    assert own.count == 1
    assert rows_behind(sign_in(head_cleaning), own.url) == 1


def test_nothing_to_do_is_no_card(db, risk_manager, staff_cleaning):
    assert my_checks(staff_cleaning) is None
    assert late_checks(risk_manager) is None
    assert control_gaps(risk_manager) is None


def test_each_gap_with_the_number_of_its_list(work, manager, risk_manager):
    card = control_gaps(risk_manager)
    counts = {gap.key: gap.count for gap in card.context["gaps"]}
    assert counts == {"no_preventive": 1, "ineffective": 1, "overdue": 2}
    for key, count in counts.items():
        page = manager.get(f"/controls/gaps/?gap={key}")
        assert len([*codes_of(page), *control_codes(page)]) == count


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("staff_cleaning", {"my_checks"}), ("risk_manager", {"late_checks", "control_gaps"}),
        ("auditor", {"control_gaps"}), ("approver", {"control_gaps"}),
    ],
)  # fmt: skip
def test_who_has_which_on_the_page(work, sign_in, request, who, expected):
    page = sign_in(request.getfixturevalue(who)).get("/")
    titles = {str(card.title) for card in [*page.context["sections"], *page.context["sides"]]}
    words = {"my_checks": "待做检查", "late_checks": "他人逾期的检查", "control_gaps": "控制缺口"}
    assert {key for key, title in words.items() if title in titles} == expected
    assert all(isinstance(section, Section) for section in page.context["sections"])


def test_on_my_page_it_says_too_that_there_is_none(work, sign_in, staff_cleaning, head_cleaning):
    mine, none = own_checks(staff_cleaning), own_checks(head_cleaning)
    assert (mine.count, mine.late, len(mine.rows)) == (3, 1, 3)
    assert (none.count, none.rows, bool(none.hint)) == (0, [], True)
    assert "我的检查" in sign_in(staff_cleaning).get("/my/").content.decode()


def test_gaps_cost_two_queries_however_many(work, risk_manager, django_assert_num_queries):
    risk_manager.roles  # noqa: B018 - read once a request
    with django_assert_num_queries(2):
        gap_counts(risk_manager)


def test_due_checks_cost_two_queries(work, staff_cleaning, django_assert_num_queries):
    staff_cleaning.roles  # noqa: B018 - read once a request
    with django_assert_num_queries(2):
        my_checks(staff_cleaning)
