from uuid import uuid4

import pytest

from assessments.models import MatrixScheme
from assessments.schemes.presets import presets
from assessments.schemes.rows import content_of
from tests.assessments.events import actions_of

pytestmark = pytest.mark.django_db

URL = "/settings/matrix/new/"


def test_a_draft_begins_as_the_matrix_in_force(risk_manager, sign_in):
    client = sign_in(risk_manager)
    assert "Standard" in client.get(URL).text
    page = client.post(URL, {"start": "in_force", "client_uuid": uuid4()})
    assert (page.status_code, page["Location"]) == (302, "/settings/matrix/2/edit/")
    made = MatrixScheme.objects.get(pk=2)
    assert content_of(made) == content_of(MatrixScheme.objects.get(pk=1))
    assert actions_of(made) == ["scheme.started"]


@pytest.mark.parametrize("code", ["balanced", "cautious", "classic_product"])
def test_or_with_the_cells_of_a_preset(code, risk_manager, sign_in):
    sign_in(risk_manager).post(URL, {"start": code, "client_uuid": uuid4()})
    made, shipped = content_of(MatrixScheme.objects.get(pk=2)), presets()[code]
    assert made.cells == shipped.cells
    assert len(made.floors) == len(shipped.floors)
    assert made.impact == content_of(MatrixScheme.objects.get(pk=1)).impact


def test_sent_twice_it_is_one_draft(risk_manager, second_manager, sign_in):
    form = {"start": "cautious", "client_uuid": uuid4()}
    client = sign_in(risk_manager)
    assert client.post(URL, form)["Location"] == client.post(URL, form)["Location"]
    assert MatrixScheme.objects.count() == 2
    assert sign_in(second_manager).post(URL, form).status_code == 409


@pytest.mark.parametrize("form", [{}, {"start": "burn", "client_uuid": str(uuid4())}])
def test_nothing_chosen_is_said(form, risk_manager, sign_in):
    assert sign_in(risk_manager).post(URL, form).status_code == 422
    assert MatrixScheme.objects.count() == 1


def test_only_the_risk_manager_begins_one(approver, auditor, head_cleaning, sign_in):
    for person in (approver, auditor, head_cleaning):
        assert sign_in(person).post(URL, {"start": "in_force"}).status_code == 403


def test_each_start_says_what_it_is_for_and_shows_its_map(risk_manager, sign_in):
    page = sign_in(risk_manager).get(URL).text
    assert page.count("rh-mini") == 4
    for words in ("most services in the home", "people are cared for", "product of both scores"):
        assert words in page
    assert "Its cells are those in force." in page
    assert "cells differ from the matrix in force." in page
