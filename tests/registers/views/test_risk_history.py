import pytest

from registers import history
from registers.services import close_risk, edit_risk
from tests.builders import assess
from tests.registers.pages import main_of, text_of

URL = "/risks/R001/history/"


def test_before_and_after_in_words(risk, manager, risk_manager, second_manager, head_cleaning):
    edit_risk(risk, by=risk_manager, version=1, owner=head_cleaning, velocity="instant")
    close_risk(risk, by=second_manager, reason="不再上门")
    page = manager.get(URL)
    words = main_of(page)
    for expected in ("周立", "李强", "不再上门", "陈静"):
        assert expected in words
    for hidden in ("owner_id", "row_version", "rank_key", '{"', "instant"):
        assert hidden not in words
    assert words.index("李强") < words.index("周立")


def test_the_short_form_is_a_part_of_the_risk_page(
    risk, manager, part, risk_manager, second_manager
):
    for version in range(1, 9):
        by = risk_manager if version % 2 else second_manager
        edit_risk(risk, by=by, version=version, title=f"第 {version} 版")
    response = part(manager, f"{URL}?newest", "risk-trail")
    body = response.content.decode()
    assert body.strip().startswith('<div id="risk-trail"')
    assert "<html" not in body
    assert body.count("<li") == 6
    assert body.index("第 8 版") < body.index("第 3 版")
    assert "第 2 版" not in body
    assert "rh-filter" not in body
    assert URL in body


def test_the_short_form_without_script_is_the_page(risk, manager):
    page = manager.get(f"{URL}?newest")
    assert page.content.decode().startswith("<!doctype html>")


def test_a_new_risk_is_folded(risk, manager):
    assert "rh-trail-more" in manager.get(URL).content.decode()


def test_page_by_page(risk, manager, risk_manager, second_manager, part, monkeypatch):
    monkeypatch.setattr(history, "PER_PAGE", 3)
    for version in range(1, 6):
        by = risk_manager if version % 2 else second_manager
        edit_risk(risk, by=by, version=version, title=f"第 {version} 版")
    first = manager.get(URL)
    assert "第 5 版" in text_of(first)
    assert "?page=2" in first.content.decode()
    second = part(manager, f"{URL}?page=2", "risk-trail")
    assert "第 2 版" in second.content.decode()
    assert "?page=1" in second.content.decode()
    beyond = manager.get(f"{URL}?page=99")
    assert (beyond.status_code, beyond.context["lines"]) == (200, [])
    assert manager.get(f"{URL}?page=x").context["timeline"].trail.number == 1


def test_the_queries_do_not_grow_with_the_history(
    risk, manager, risk_manager, second_manager, queries, head_cleaning
):
    edit_risk(risk, by=risk_manager, version=1, owner=head_cleaning)
    few = queries(manager, URL)
    for version in range(2, 8):
        edit_risk(risk, by=second_manager, version=version, title=f"第 {version} 版")
    assert queries(manager, URL) == few


def test_an_assessment_is_part_of_it(risk, manager, risk_manager, second_manager):
    assess(risk, (4, 4), (4, 3), by=risk_manager, confirmed_by=second_manager)
    assert "4, 3" in main_of(manager.get(URL))


@pytest.mark.parametrize(
    ("who", "status"),
    [("head_cleaning", 200), ("auditor", 200), ("staff_cleaning", 404), ("outsider", 404)],
)
def test_who_sees_it(risk, sign_in, request, who, status):
    assert sign_in(request.getfixturevalue(who)).get(URL).status_code == status


def test_only_read(risk, manager):
    assert manager.post(URL).status_code == 405
