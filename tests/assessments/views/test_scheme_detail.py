from dataclasses import replace

import pytest

from assessments.schemes.content import Words
from assessments.services.schemes import decide_scheme, recall_scheme, save_scheme, submit_scheme
from tests.assessments.matrices import cautious, changed, draft, in_force, submitted
from tests.assessments.pages import queries_of
from tests.builders import assess, make_risk

pytestmark = pytest.mark.django_db


def page_of(client, number):
    page = client.get(f"/settings/matrix/{number}/")
    assert page.status_code == 200
    return page


def test_the_matrix_in_force_with_its_checks_and_meaning(risk_manager, sign_in):
    page = page_of(sign_in(risk_manager), 1)
    assert "No error, no warning." in page.text
    assert "Declared floor: (1,5) is High." in page.text
    assert "50,000" in page.text
    assert "Edit" not in page.context["content"].name.en
    assert 'action="/settings/matrix/1/submit/"' not in page.text


def test_on_a_phone_each_figure_and_word_is_named(risk_manager, sign_in):
    text = page_of(sign_in(risk_manager), 1).text
    found = [text.count(f'data-label="{name}"') for name in ("Description", "Injury", "Asks for")]
    assert found == [5, 5, 4]
    assert "1.2\N{NO-BREAK SPACE}%" in text


def test_impact_rises_upwards_and_probability_to_the_right(risk_manager, sign_in):
    rows = page_of(sign_in(risk_manager), 1).context["judged"].rows
    assert [row.impact for row in rows] == [5, 4, 3, 2, 1]
    assert [cell.place for cell in rows[-1].cells] == [(p, 1) for p in range(1, 6)]
    assert [cell.level for cell in rows[0].cells] == [2, 2, 3, 3, 3]
    assert rows[0].cells[0].is_floor


def test_a_draft_says_what_it_changes(register, risk_manager, sign_in):
    risk = make_risk(register, by=risk_manager)
    assess(risk, (2, 2), (2, 2), by=risk_manager)
    draft(by=risk_manager, content=changed(c22=1))
    page = page_of(sign_in(risk_manager), 2)
    assert [(c.place, c.former, c.level) for c in page.context["differences"].cells] == [
        ((2, 2), 0, 1)
    ]
    assert page.context["changes"].count == 1


def test_buttons_for_each_who_may(risk_manager, approver, auditor, sign_in):
    submitted(by=risk_manager)
    assert 'action="/settings/matrix/2/recall/"' in page_of(sign_in(risk_manager), 2).text
    assert "/settings/matrix/2/decide/" in page_of(sign_in(approver), 2).text
    page = page_of(sign_in(auditor), 2)
    assert "/settings/matrix/2/decide/" not in page.text
    assert "<form" not in page.text.split("<main")[1].split("</main")[0]


def test_how_it_came_to_this(risk_manager, approver, sign_in):
    in_force(by=risk_manager, approver=approver)
    client = sign_in(risk_manager)
    words = [row.words for row in page_of(client, 2).context["history"]]
    assert sorted(words) == ["Approved", "Draft started", "In force", "Submitted"]
    assert "Retired" in page_of(client, 1).text


def test_each_time_it_was_handed_in_and_decided_stays_in_its_history(
    risk_manager, approver, sign_in
):
    """Handed in, sent back, mended, handed in, taken back, handed in: nothing is forgotten."""
    scheme = submitted(by=risk_manager)
    decide_scheme(
        scheme,
        by=approver,
        decision="changes",
        content_hash=scheme.content_hash,
        comment="低的太多",
    )
    client = sign_in(risk_manager)

    def words():
        return [row.words for row in page_of(client, scheme.number).context["history"]]

    sent_back = ["Changes requested: 低的太多", "Submitted", "Draft started"]
    assert words() == sent_back
    scheme.refresh_from_db()
    renamed = replace(cautious(), name=Words("改过", "Mended"))
    save_scheme(scheme, by=risk_manager, content=renamed, version=scheme.row_version)
    for does in (submit_scheme, recall_scheme, submit_scheme):
        scheme.refresh_from_db()
        does(scheme, by=risk_manager, version=scheme.row_version)
    assert words() == ["Submitted", "Taken back", "Submitted", *sent_back]


def test_it_asks_the_same_however_many_risks_move(register, risk_manager, sign_in):
    client = sign_in(risk_manager)
    draft(by=risk_manager)

    def make(number):
        risk = make_risk(register, by=risk_manager, title=f"风险{number}")
        assess(risk, (2, 2), (2, 2), by=risk_manager)

    make(1)
    before = queries_of(client, "/settings/matrix/2/")
    make(2)
    make(3)
    assert queries_of(client, "/settings/matrix/2/") == before


def test_who_may_not_and_what_is_not_there(head_cleaning, risk_manager, sign_in):
    assert sign_in(head_cleaning).get("/settings/matrix/1/").status_code == 403
    assert sign_in(risk_manager).get("/settings/matrix/7/").status_code == 404
