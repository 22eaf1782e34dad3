import pytest

from assessments.services.imports import import_now
from tests.assessments.events import actions_of
from tests.assessments.pages import told
from tests.assessments.uploads import ANSWERS, NAMES, WORDS, uploaded
from tests.assessments.wizard import page_of, rows_of, send_file
from tests.cast import make_user

pytestmark = pytest.mark.django_db
NEXT = [NAMES, ["4", "停电", "高", "低", "", "", "", ""]]


@pytest.fixture
def run(register, risk_manager):
    import_now(
        uploaded(WORDS, by=risk_manager, mapping=ANSWERS, filename="三季度.csv"), by=risk_manager
    )
    return uploaded(NEXT, by=risk_manager, filename="四季度.csv")


def suggest(client, run, version=1):
    page = client.post(f"{page_of(run)}suggest/", {"row_version": version})
    run.refresh_from_db()
    return page


def test_the_wizard_says_whose_answers_they_are(run, risk_manager, sign_in):
    page = sign_in(risk_manager).get(page_of(run))
    assert "Answered as last time." in page.text
    assert "“三季度”: 三季度.csv, " in page.text
    assert page.context["questions"] == []
    assert rows_of(page) == [(2, "New", "停电", "medium")]
    assert f'action="{page_of(run)}suggest/"' in page.text


def test_by_the_form_as_by_the_service(run, register, risk_manager, sign_in):
    client = sign_in(risk_manager)
    page = client.get(send_file(client, NEXT, register=register)["Location"])
    assert "Answered as last time." in page.text
    assert page.context["questions"] == []


def test_suggested_anew(run, risk_manager, sign_in):
    client = sign_in(risk_manager)
    page = suggest(client, run)
    assert (page.status_code, page["Location"]) == (302, page_of(run))
    assert told(page) == ["The columns are suggested anew."]
    assert (run.mapping, run.recalled, actions_of(run)[-1]) == ({}, None, "import.mapped")
    page = client.get(page_of(run))
    assert "Answered as last time." not in page.text
    assert page.context["questions"] != []


def test_no_more_once_it_is_imported(run, risk_manager, sign_in):
    import_now(run, by=risk_manager)
    client = sign_in(risk_manager)
    assert "suggest/" not in client.get(page_of(run)).text
    assert told(suggest(client, run, run.row_version)) == [
        "This is already “Applied”, so it cannot become “Uploaded”."
    ]
    assert run.mapping != {}


def test_answered_meanwhile_not_visible_not_allowed_wrong_method(
    run, risk_manager, second_manager, auditor, tech, sign_in
):
    assert suggest(sign_in(risk_manager), run, 7).status_code == 409
    assert sign_in(risk_manager).post(f"{page_of(run)}suggest/").status_code == 400
    assert suggest(sign_in(second_manager), run).status_code == 403
    assert suggest(sign_in(auditor), run).status_code == 403
    of_tech = make_user("of.tech", "x", "risk_manager", tech)
    assert suggest(sign_in(of_tech), run).status_code == 404
    assert sign_in(risk_manager).get(f"{page_of(run)}suggest/").status_code == 405
    assert run.recalled is not None
