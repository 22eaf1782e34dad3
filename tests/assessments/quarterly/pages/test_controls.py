"""Section 7: the figures of controls as they were frozen, or that there are none in this report."""

import pytest

from assessments.quarterly.pages.document import quarterly_html
from tests.assessments.quarterly.pages.sample_snapshot import sample_snapshot
from tests.assessments.quarterly.pages.test_document import text_of


@pytest.fixture(scope="module")
def snapshot():
    return sample_snapshot(60)


@pytest.mark.parametrize("schema", [1, 2])
def test_a_snapshot_without_controls_says_that_they_are_no_part_of_it(snapshot, schema):
    older = {key: value for key, value in snapshot.items() if key != "controls"}
    words = text_of(quarterly_html({**older, "schema": schema}, "en", "0" * 64))
    assert (
        "7 Control effectiveness Not part of this report: when its data were frozen, controls were "
        "not counted yet. They stand in the system under Controls. 8 Incidents"
    ) in words
    assert "Controls and their checks are not kept" not in words


def test_section_7_counts_controls_checks_and_the_risks_without(snapshot):
    part, words = snapshot["controls"], text_of(quarterly_html(snapshot, "en", "0" * 64))
    section = words[words.index("7 Control effectiveness Controls in use") :]
    section = section[: section.index("8 Incidents")]
    for sentence in (
        "Controls in use at the quarter's end: 31; checked in the quarter: 12, in 14 checks;",
        "checks overdue as of the freeze: 4.",
        "Effective 9 Partly effective 3 Ineffective 1 Not tested 1 Total 14",
        "Sampled in these checks: 260, exceptions: 13 (5%).",
        f"Without a control in use {part['without_control']} Total {part['severe']}",
        "In use as of the freeze: 32.",
    ):
        assert sentence in section
    levels = [risk["level"] for risk in snapshot["risks"]]
    assert part["severe"] == levels.count("high") + levels.count("critical")


def test_a_draft_counts_controls_up_to_the_freeze(snapshot):
    draft = {**snapshot, "meta": {**snapshot["meta"], "is_draft": True}}
    words = text_of(quarterly_html(draft, "en", "0" * 64))
    assert (
        "Controls in use: 31; checked this quarter: 12, in 14 checks; checks overdue: 4." in words
    )
