"""The number on the home page is that of the list; the command bar finds a change."""

import pytest

from assessments.changes.cards import changes_waiting
from tests.assessments.changing import bring, make_change

pytestmark = pytest.mark.django_db


@pytest.fixture
def changes(clean, risk, risk_manager):
    bring(make_change(clean, by=risk_manager, title="等受理"), "submitted", by=risk_manager)
    judging = make_change(clean, by=risk_manager, title="在评估", risks=[risk])
    bring(judging, "assessing", by=risk_manager)
    make_change(clean, by=risk_manager, title="草稿")


def test_what_waits_for_the_risk_manager(changes, sign_in, risk_manager):
    section = changes_waiting(risk_manager)
    assert [row.name for row in section.rows] == ["等受理"]
    page = sign_in(risk_manager).get(section.url)
    assert page.context["page"].count == section.count == 1


def test_nothing_is_no_card(risk_manager):
    assert changes_waiting(risk_manager) is None


def test_found_by_its_code_and_by_words_by_who_sees_it(
    changes, sign_in, risk_manager, staff_repair
):
    for text in ("CH-001", "等受理"):
        assert (
            "/changes/CH-001/" in sign_in(risk_manager).get(f"/search/?q={text}").content.decode()
        )
        assert "CH-001/" not in sign_in(staff_repair).get(f"/search/?q={text}").content.decode()
