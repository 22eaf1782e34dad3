import pytest

from assessments.services.imports import (
    CannotImport,
    NewRegister,
    discard_import,
    import_now,
    save_mapping,
    start_import,
)
from registers.models import Risk
from riskhub.audit.transitions import WrongState
from riskhub.files.models import StoredFile
from riskhub.imports.models import ImportRun
from tests.assessments.events import events_of
from tests.assessments.pages import told
from tests.assessments.uploads import ANSWERS, NUMBERS, answered, uploaded
from tests.assessments.wizard import page_of
from tests.cast import make_user
from tests.controls import controls_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(register, risk_manager):
    return answered(by=risk_manager)


def discard(client, run, version=None):
    version = run.row_version if version is None else version
    page = client.post(f"{page_of(run)}discard/", {"row_version": version})
    run.refresh_from_db()
    return page


def names_in(page):
    return [row.file.filename for row, _mark in page.context["rows"]]


def test_it_leaves_the_list_and_nothing_else(run, risk_manager, sign_in):
    client = sign_in(risk_manager)
    assert f'action="{page_of(run)}discard/"' in client.get(page_of(run)).text
    page = discard(client, run)
    assert (page.status_code, page["Location"]) == (302, "/imports/")
    assert told(page) == ["Discarded: risks.csv. Nothing was imported."]
    assert (run.state, Risk.objects.count()) == ("discard", 0)
    assert run.file.read().startswith(b"Risk,Likelihood")
    assert StoredFile.objects.filter(kind="import").count() == 1
    event = events_of(run)[-1]
    assert (event["action"], event["actor_name"]) == ("import.discarded", "陈静")
    assert event["before"] == {"state": "uploaded", "row_version": 1}
    assert event["after"] == {"state": "discard", "row_version": 2}


def test_it_is_hidden_from_the_list_unless_one_asks(run, register, risk_manager, sign_in):
    client = sign_in(risk_manager)
    uploaded(NUMBERS, by=risk_manager, filename="kept.csv")
    assert "discarded" not in client.get("/imports/").text
    discard(client, run)
    page = client.get("/imports/")
    assert names_in(page) == ["kept.csv"]
    assert 'href="?state=discard"' in page.text
    assert "1 discarded file" in page.text
    page = client.get("/imports/?state=discard")
    assert names_in(page) == ["risks.csv"]
    assert "Discarded" in page.text


def test_a_list_of_nothing_but_discarded_ones_leads_to_them(run, risk_manager, sign_in):
    client = sign_in(risk_manager)
    discard(client, run)
    page = client.get("/imports/")
    assert "Nothing was imported yet" in page.text
    assert "1 discarded file" in page.text


def test_its_page_says_what_it_is_and_offers_nothing(run, risk_manager, sign_in):
    client = sign_in(risk_manager)
    discard(client, run)
    page = client.get(page_of(run))
    assert "This file was discarded. Nothing was imported." in page.text
    assert controls_of(page) == []
    assert told(client.post(page_of(run), {"row_version": 2})) == ["This file was discarded."]
    client.get(page_of(run))
    assert told(client.post(f"{page_of(run)}start/", {"row_version": 2})) == [
        "This is already “Discarded”, so it cannot become “Being applied”."
    ]


def test_a_failed_one_may_go_too(run, risk_manager, sign_in):
    ImportRun.objects.filter(pk=run.pk).update(state="failed", error="x")
    discard(sign_in(risk_manager), run)
    assert run.state == "discard"


@pytest.mark.parametrize("step", [start_import, import_now])
def test_not_while_it_is_applied_or_afterwards(step, run, risk_manager, sign_in):
    step(run, by=risk_manager)
    run.refresh_from_db()
    state, client = run.state, sign_in(risk_manager)
    assert f'action="{page_of(run)}discard/"' not in client.get(page_of(run)).text
    page = discard(client, run)
    words = {"applying": "Being applied", "applied": "Applied"}[state]
    assert told(page) == [f"This is already “{words}”, so it cannot become “Discarded”."]
    assert run.state == state


def test_nothing_comes_back(run, risk_manager):
    discard_import(run, by=risk_manager)
    for step in (
        lambda: start_import(run, by=risk_manager),
        lambda: discard_import(run, by=risk_manager),
        lambda: save_mapping(run, by=risk_manager, version=None, mapping=ANSWERS),
    ):
        with pytest.raises((WrongState, CannotImport)):
            step()
    run.refresh_from_db()
    assert run.state == "discard"


def test_answered_meanwhile(run, risk_manager, sign_in):
    assert discard(sign_in(risk_manager), run, version=7).status_code == 409
    assert run.state == "uploaded"
    assert sign_in(risk_manager).post(f"{page_of(run)}discard/").status_code == 400


def test_whoever_keeps_the_register_may_clear_it_up(run, second_manager, ops, sign_in):
    """Not only the uploader, who may have left."""
    client = sign_in(make_user("of.ops", "x", "risk_manager", ops))
    assert f'action="{page_of(run)}discard/"' in client.get(page_of(run)).text
    discard(client, run)
    assert run.state == "discard"


def test_a_register_that_is_not_made_yet(risk_manager, tech, clean, sign_in):
    run = answered(by=risk_manager, code="TEC", new=NewRegister("技术", "", "TECH"))
    client = sign_in(make_user("of.clean", "x", "risk_manager", clean))
    assert discard(client, run).status_code == 404
    discard(sign_in(make_user("of.tech", "y", "risk_manager", tech)), run)
    assert run.state == "discard"


def test_not_visible_not_allowed_wrong_method(run, risk_manager, auditor, tech, sign_in):
    assert discard(sign_in(auditor), run).status_code == 403
    assert controls_of(sign_in(auditor).get(page_of(run))).count("form") == 0
    of_tech = make_user("of.tech", "x", "risk_manager", tech)
    assert discard(sign_in(of_tech), run).status_code == 404
    assert sign_in(risk_manager).get(f"{page_of(run)}discard/").status_code == 405
    risk_manager.role_assignments.all().delete()
    assert discard(sign_in(risk_manager), run).status_code == 403
    assert run.state == "uploaded"


def test_an_auditor_who_keeps_another_register(run, tech, sign_in):
    both = make_user("both", "x", "risk_manager", tech)
    make_user("unused", "y", "staff", tech)
    both.role_assignments.create(role="auditor", valid=both.role_assignments.get().valid)
    assert discard(sign_in(both), run).status_code == 403
    assert run.state == "uploaded"
