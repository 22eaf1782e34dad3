"""Drafts of the matrix: started, kept, thrown away; nothing of it counts."""

from dataclasses import replace
from uuid import uuid4

import pytest

from assessments.models import MatrixCell, MatrixScheme
from assessments.schemes.content import Words
from assessments.schemes.in_force import grid_in_force, scheme_in_force
from assessments.schemes.rows import content_of
from assessments.services.schemes import discard_scheme, save_scheme
from riskhub.audit.transitions import WrongState
from riskhub.audit.versions import StaleVersion
from riskhub.entry.repeats import KeyReused
from tests.assessments.events import events_of
from tests.assessments.matrices import cautious, changed, draft, in_force, submitted

pytestmark = pytest.mark.django_db


def test_a_draft_has_the_next_number_and_changes_nothing(risk_manager):
    before = dict(grid_in_force().levels)
    scheme = draft(by=risk_manager)
    assert (scheme.number, scheme.state, scheme.created_by) == (2, "draft", risk_manager)
    assert scheme_in_force().number == 1
    assert dict(grid_in_force().levels) == before
    assert not MatrixCell.objects.filter(scheme=2).exists()
    assert [event["action"] for event in events_of(scheme)] == ["scheme.started"]


def test_what_ships_reads_back_as_one_value(risk_manager):
    shipped = content_of(scheme_in_force())
    scheme = draft(by=risk_manager, content=shipped)
    assert content_of(scheme) == shipped
    assert scheme.open_ends == scheme_in_force().open_ends
    assert scheme.band_factor == 5


def test_the_same_form_twice_is_one_draft(risk_manager, second_manager):
    key = uuid4()
    assert draft(by=risk_manager, client_uuid=key) == draft(by=risk_manager, client_uuid=key)
    assert MatrixScheme.objects.count() == 2
    with pytest.raises(KeyReused):
        draft(by=second_manager, client_uuid=key)


def test_keeping_counts_the_version_and_names_the_author(risk_manager, second_manager):
    scheme = draft(by=risk_manager)
    kept = save_scheme(scheme, by=second_manager, content=changed(c11=0), version=1)
    assert (kept.row_version, kept.name_zh) == (2, scheme_in_force().name_zh)
    assert kept.content_hash != scheme.content_hash
    assert {author.user for author in kept.authors.all()} == {risk_manager, second_manager}
    assert events_of(kept)[-1]["action"] == "scheme.edited"


def test_keeping_the_same_changes_nothing(risk_manager, second_manager):
    scheme = draft(by=risk_manager)
    save_scheme(scheme, by=second_manager, content=cautious(), version=1)
    scheme.refresh_from_db()
    assert scheme.row_version == 1
    assert scheme.authors.count() == 1


def test_a_stale_draft_is_not_overwritten(risk_manager):
    scheme = draft(by=risk_manager)
    save_scheme(scheme, by=risk_manager, content=changed(c11=0), version=1)
    with pytest.raises(StaleVersion):
        save_scheme(scheme, by=risk_manager, content=cautious(), version=1)


def test_what_was_handed_in_is_not_edited(risk_manager):
    scheme = submitted(by=risk_manager)
    with pytest.raises(WrongState):
        save_scheme(scheme, by=risk_manager, content=changed(c11=0), version=None)


def test_a_discarded_draft_keeps_its_number(risk_manager):
    scheme = discard_scheme(draft(by=risk_manager), by=risk_manager, version=1)
    assert scheme.state == "discarded"
    assert draft(by=risk_manager).number == 3
    assert events_of(scheme)[-1]["action"] == "scheme.discarded"


def test_a_text_in_both_languages_reads_in_the_language(risk_manager):
    content = replace(cautious(), name=Words("谨慎", "Cautious"))
    scheme = draft(by=risk_manager, content=content)
    assert (scheme.name_zh, scheme.name_en) == ("谨慎", "Cautious")


def test_a_draft_from_the_one_in_force_after_a_change(risk_manager, approver):
    scheme = in_force(by=risk_manager, approver=approver)
    assert content_of(scheme).cells == cautious().cells
