import pytest

from assessments.services.imports import import_now
from registers.models import Risk
from registers.services import edit_risk
from riskhub.accounts.models import Department
from tests.assessments.events import actions_of
from tests.assessments.pages import htmx, queries_of, told
from tests.assessments.uploads import NUMBERS, answered
from tests.assessments.wizard import page_of, rows_of
from tests.cast import make_user
from tests.controls import controls_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def run(register, risk_manager):
    run = answered(by=risk_manager)
    import_now(run, by=risk_manager)
    return run


def undo(client, run, reason="wrong file", **extra):
    page = client.post(f"{page_of(run)}undo/", {"reason": reason}, **extra)
    run.refresh_from_db()
    return page


def taken_back():
    return Risk.objects.filter(is_undone=True).count()


def test_from_the_page_of_the_import_with_a_reason(run, risk_manager, sign_in):
    client = sign_in(risk_manager)
    assert f'href="{page_of(run)}undo/"' in client.get(page_of(run)).text
    page = client.get(f"{page_of(run)}undo/")
    assert "The 3 risks that it made are taken back" in page.text
    page = undo(client, run)
    assert (page.status_code, page["Location"]) == (302, page_of(run))
    assert told(page) == ["The import is undone: 3 risks are taken back."]
    assert (run.state, taken_back(), actions_of(run)[-1]) == ("undone", 3, "import.undone")


def test_the_page_of_an_undone_import(run, risk_manager, sign_in):
    client = sign_in(risk_manager)
    undo(client, run, "wrong <file>")
    page = client.get(page_of(run))
    assert "This import was undone" in page.text
    assert "wrong &lt;file&gt;" in page.text
    assert 'href="/risks/?register=SVC&amp;state=undone"' in page.text
    assert rows_of(page)[0] == (2, "Imported as R001", "Gas leak in a home", "high")
    assert "undo/" not in page.text
    page = client.get("/imports/")
    assert "Undone" in page.text


def test_what_was_touched_stands_on_the_page_before_a_reason_is_written(run, risk_manager, sign_in):
    edit_risk(Risk.objects.get(number=2), by=risk_manager, version=2, title="Fire")
    client = sign_in(risk_manager)
    page = client.get(f"{page_of(run)}undo/")
    [reason] = page.context["obstacles"]
    assert reason.startswith("R002: Edited, 陈静")
    assert reason in page.text
    assert "reason" not in controls_of(page)
    page = undo(client, run, **htmx("undo-form"))
    assert page.status_code == 422
    assert reason in page.text
    assert "wrong file" in page.text
    assert page.text.lstrip().startswith("<form")
    assert (run.state, taken_back()) == ("applied", 0)


def test_without_a_reason(run, risk_manager, sign_in):
    page = undo(sign_in(risk_manager), run, " ")
    assert page.status_code == 422
    assert page.context["form"].errors == {"reason": ["Fill this in."]}
    assert (run.state, taken_back()) == ("applied", 0)


def test_sent_twice(run, risk_manager, sign_in):
    client = sign_in(risk_manager)
    undo(client, run)
    page = undo(client, run, "again")
    assert (page.status_code, page["Location"]) == (302, page_of(run))
    assert told(page)[-1] == "Only an import that was applied can be undone."
    assert (run.undone_reason, taken_back()) == ("wrong file", 3)


def test_not_visible_not_allowed_wrong_method(run, register, risk_manager, sign_in):
    url = f"{page_of(run)}undo/"
    assert undo(sign_in(make_user("au", "x", "auditor")), run).status_code == 403
    of_tech = make_user("of.tech", "y", "risk_manager", Department.objects.get(code="TECH"))
    assert undo(sign_in(of_tech), run).status_code == 404
    assert sign_in(of_tech).get(url).status_code == 404
    assert sign_in(risk_manager).put(url).status_code == 405
    assert taken_back() == 0


def test_whoever_keeps_the_register_undoes_what_another_brought(run, sign_in):
    of_ops = make_user("of.ops", "x", "risk_manager", Department.objects.get(code="OPS"))
    page = undo(sign_in(of_ops), run)
    assert page.status_code == 302
    assert (run.undone_by, taken_back()) == (of_ops, 3)


def test_risks_of_departments_that_one_does_not_keep(register, risk_manager, sign_in):
    run = answered([["Risk", "Department"], ["Leak", "TECH"]], by=risk_manager)
    import_now(run, by=risk_manager)
    client = sign_in(make_user("of.ops", "x", "risk_manager", register.department))
    page = client.get(f"{page_of(run)}undo/")
    [reason] = page.context["obstacles"]
    assert reason.startswith("Some of its risks belong to departments that you do not keep: ")
    page = undo(client, run)
    assert (page.status_code, page.context["obstacles"]) == (422, [reason])
    assert taken_back() == 0


def test_the_page_asks_as_much_for_three_risks_as_for_one(run, register, risk_manager, sign_in):
    one = answered([NUMBERS[0], ["Fire", 5, 5, 5, 5]], by=risk_manager)
    import_now(one, by=risk_manager)
    client = sign_in(risk_manager)
    assert queries_of(client, f"{page_of(one)}undo/") == queries_of(client, f"{page_of(run)}undo/")
