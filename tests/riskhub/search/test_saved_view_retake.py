"""The same view with what the list shows now."""

from tests.registers.audit import Trail


def test_what_is_shown_now_is_kept(sign_in, risk_manager, view):
    client, trail = sign_in(risk_manager), Trail()
    answer = client.post(f"/views/{view.pk}/retake/?level=low&columns=review&saved={view.pk}")
    view.refresh_from_db()
    assert (view.query, view.columns, view.row_version) == ({"level": ["low"]}, ["review"], 2)
    assert answer["Location"] == f"/risks/?level=low&columns=review&saved={view.pk}"
    assert trail.events() == [("saved_view.edited", "search_savedview", "update")]


def test_more_than_a_view_can_hold_changes_nothing(sign_in, risk_manager, view):
    sign_in(risk_manager).post(f"/views/{view.pk}/retake/?q={'字' * 500}")
    view.refresh_from_db()
    assert view.row_version == 1


def test_another_persons_view(sign_in, auditor, view):
    assert sign_in(auditor).post(f"/views/{view.pk}/retake/").status_code == 404


def test_it_is_a_button(sign_in, risk_manager, view):
    assert sign_in(risk_manager).get(f"/views/{view.pk}/retake/").status_code == 405
