"""In every sentence and table that names a whole and its parts, the parts are the whole."""

import re

import pytest
from django.utils.translation import override

from assessments.choices import PLAN_NEXT_STATES
from assessments.quarterly.pages.book import Book
from assessments.quarterly.pages.line import RESPONSES
from assessments.quarterly.pages.responses import responses_page
from assessments.quarterly.pages.summary import summary_page
from assessments.quarterly.pages.totals import totals_page
from registers.choices import PlanState
from tests.assessments.quarterly.pages.sample_snapshot import sample_snapshot

ANSWERS = {
    "draft": "writing", "submitted": "waiting", "changes_requested": "writing",
    "approved": "approved", "in_progress": "approved", "completed": "approved",
    "closed": "approved", "rejected": "ended", "withdrawn": "ended", "expired": "ended",
}  # fmt: skip
STEPS = {
    "draft": "Finish the plan and submit it.",
    "submitted": "Decide on the plan.",
    "changes_requested": "Change the plan as asked and submit it again.",
    "expired": "Renew the acceptance or write another plan.",
}


def snapshot_with(states, **changes):
    """One risk above the line for each of the states; None stands for no plan."""
    snapshot = sample_snapshot(60)
    above = [risk for risk in snapshot["risks"] if risk["is_above"] and risk["plan"]]
    risks = [
        {
            **risk, **changes,
            "plan": state and {**risk["plan"], "state": state, "next_step": ""},
            "strategy": state and risk["strategy"],
        }
        for risk, state in zip(above, states, strict=False)
    ]  # fmt: skip
    assert len(risks) == len(states)
    return {**snapshot, "risks": risks}


def test_the_states_are_all_that_a_plan_has():
    assert set(ANSWERS) == set(PlanState.values) == set(PLAN_NEXT_STATES)


@pytest.mark.parametrize("state", [*PlanState.values, None])
def test_each_state_is_counted_in_one_part(state):
    (risk,) = Book(snapshot_with([state]), "").risks
    assert risk.answer == (ANSWERS[state] if state else "none")
    found = Book.answers([risk])
    assert (tuple(found), sum(found.values()), found[risk.answer]) == (RESPONSES, 1, 1)


@pytest.mark.parametrize("state", ["draft", "submitted", "changes_requested"])
def test_a_version_in_force_answers_while_the_next_is_written(state):
    snapshot = snapshot_with([state])
    snapshot["risks"][0]["plan"] |= {"version": 3, "approved_version": 2}
    (risk,) = Book(snapshot, "").risks
    assert (risk.answer, risk.has_approved_plan) == ("approved", True)


@pytest.mark.parametrize("state", [*PlanState.values, None])
def test_the_next_step_of_a_plan_without_open_actions(state):
    with override("en"):
        (risk,) = Book(snapshot_with([state]), "").risks
        expected = STEPS.get(state, "No open action.") if state else "Write a response plan."
        assert risk.next_step == expected


@pytest.mark.parametrize("locale", ["en", "zh-hans"])
@pytest.mark.parametrize("times", [0, 1])
def test_the_parts_of_a_sentence_are_the_whole(locale, times):
    states = [*PlanState.values, None, "draft"] * times
    with override(locale):
        book = Book(snapshot_with(states), "")
        sentence = summary_page(book)["sentences"][2]
        key = responses_page(book)["key"]
    whole, *parts = map(int, re.findall(r"\d+", sentence))
    assert (whole, sum(parts), len(parts)) == (len(states), len(states), len(RESPONSES))
    plans, *parts = map(int, re.findall(r"\d+", key))
    assert plans == sum(parts[:4]) == len([state for state in states if state])


@pytest.mark.parametrize("locale", ["en", "zh-hans"])
def test_what_moved_went_higher_lower_or_sideways(locale):
    snapshot = snapshot_with(["approved"] * 5)
    moves = (([2, 2], [3, 3]), ([3, 3], [2, 2]), ([2, 3], [3, 2]), ([3, 3], [3, 3]), (None, [1, 1]))
    risks = [
        {**risk, "last": last, "residual": now}
        for risk, (last, now) in zip(snapshot["risks"], moves, strict=True)
    ]
    with override(locale):
        sentence = summary_page(Book({**snapshot, "risks": risks}, ""))["sentences"][1]
    tail = re.sub(r"R\d+", "", sentence.replace("；", ";").split(";")[1])
    assert [int(n) for n in re.findall(r"\d+", tail)] == [3, 1, 1, 1]


@pytest.mark.parametrize("count", [0, 1, 60, 200])
def test_tables_add_up(count):
    book = Book(sample_snapshot(count), "")
    with override("en"):
        totals, responses = totals_page(book), responses_page(book)
    for column, total in enumerate(totals["now"]["counts"]):
        assert sum(row["counts"][column] for row in totals["categories"]) == total
    assert sum(totals["now"]["counts"]) == totals["now"]["total"] == count
    assert sum(row["total"] for row in totals["categories"]) == count
    assert sum(row["count"] for row in responses["strategies"]) == responses["risk_count"]
    assert sum(row["above"] for row in responses["strategies"]) == responses["above_count"]
    assert sum(band["count"] for band in responses["bands"]) == responses["overdue_count"]
