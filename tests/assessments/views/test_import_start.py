import pytest

from assessments.services.imports import APPLY, import_now, work_key
from registers.models import Risk
from riskhub.files.store import path_of
from riskhub.work.models import Work
from riskhub.work.progress import report_progress
from riskhub.work.services import drain_work
from tests.assessments.events import events_of
from tests.assessments.pages import htmx, told
from tests.assessments.uploads import ANSWERS, NUMBERS, WORDS, answered, unlike_any, uploaded
from tests.assessments.wizard import page_of
from tests.cast import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(register, risk_manager):
    return answered(by=risk_manager)


@pytest.fixture
def client(risk_manager, sign_in):
    return sign_in(risk_manager)


def start(client, run, version=None, **extra):
    version = run.row_version if version is None else version
    page = client.post(f"{page_of(run)}start/", {"row_version": version}, **extra)
    run.refresh_from_db()
    return page


def test_the_import_is_owed_and_the_page_shows_how_far_it_is(run, client):
    page = start(client, run)
    assert (page.status_code, page["Location"]) == (302, page_of(run))
    assert run.state == "applying"
    assert Work.objects.filter(kind=APPLY).count() == 1
    assert events_of(run)[-1]["action"] == "import.started"
    assert Risk.objects.count() == 0
    page = client.get(page_of(run))
    assert "The import begins" in page.text
    assert 'data-hx-trigger="every 2s"' in page.text
    assert "<noscript>" in page.text
    assert [step.place for step in page.context["steps"]] == ["done"] * 4 + ["now"]


def test_done_of_total(run, client):
    start(client, run)
    Work.objects.filter(dedupe=work_key(run)).update(progress={"done": 500, "total": 900})
    page = client.get(page_of(run), **htmx("import-progress"))
    assert page.text.lstrip().startswith('<section class="rh-card" id="import-progress"')
    assert "500 of 900 rows" in page.text
    assert '<progress class="rh-meter rh-meter-lg" max="900" value="500"' in page.text


def test_when_it_is_done_the_whole_page_comes(run, client):
    start(client, run)
    drain_work()
    page = client.get(
        page_of(run),
        **htmx("import-progress", **{"HX-Current-URL": f"http://testserver{page_of(run)}"}),
    )
    assert page.status_code == 204
    assert '"target": "#page"' in page["HX-Location"]
    assert "3 risks are imported" in client.get(page_of(run)).text


def test_pressed_twice_it_is_owed_once(run, client):
    start(client, run, version=1)
    assert start(client, run, version=1).status_code == 302
    assert Work.objects.filter(kind=APPLY).count() == 1


def test_pressed_on_an_old_page_it_is_409(run, client):
    assert start(client, run, version=7).status_code == 409
    assert run.state == "uploaded"


@pytest.mark.parametrize("version", ["", "x"])
def test_a_button_from_nowhere(run, client, version):
    assert client.post(f"{page_of(run)}start/", {"row_version": version}).status_code == 400


def test_open_questions_stand_in_the_way(register, risk_manager, client):
    run = uploaded(WORDS, by=risk_manager)
    page = client.get(page_of(run))
    assert 'aria-disabled="true" aria-describedby="open-questions"' in page.text
    page = start(client, run)
    assert told(page) == ["The probability has values without a score: 3."]
    assert run.state == "uploaded"


def test_a_file_that_is_all_there_asks_nothing(register, risk_manager, client):
    import_now(uploaded(WORDS[:3], by=risk_manager, mapping=ANSWERS), by=risk_manager)
    run = uploaded(WORDS[:3], by=risk_manager)
    page = client.get(page_of(run))
    words = "Nothing new: all 2 rows are in the register already."
    assert page.text.count(words) == 1
    assert 'id="start"' not in page.text
    assert "without a score" not in page.text
    assert [step.place for step in page.context["steps"]] == ["done"] * 3 + ["now", ""]
    assert page.context["steps"][2].fact == "all decided"
    assert told(start(client, run)) == [words]
    assert Risk.objects.count() == 2


def test_a_missing_file(register, risk_manager, client):
    run = answered(unlike_any(NUMBERS), by=risk_manager)
    path_of(run.file.sha256).unlink()
    assert told(start(client, run)) == ["The stored file is missing. Upload it again."]


def test_after_the_import_the_button_does_nothing_more(run, client):
    start(client, run)
    drain_work()
    assert start(client, run, version=1).status_code == 302
    assert Risk.objects.count() == 3


def test_not_visible_not_allowed_wrong_method(run, client, second_manager, auditor, tech, sign_in):
    assert start(sign_in(second_manager), run).status_code == 403
    assert start(sign_in(make_user("of.tech", "x", "risk_manager", tech)), run).status_code == 404
    assert start(sign_in(auditor), run).status_code == 403
    assert client.get(f"{page_of(run)}start/").status_code == 405
    assert client.post("/imports/999999/start/", {"row_version": 1}).status_code == 404
    assert run.state == "uploaded"


def test_a_failed_attempt_says_why_and_when_it_is_tried_again(run, client, monkeypatch):
    start(client, run)
    monkeypatch.setattr(
        "assessments.services.imports.applying.record_assessments", lambda *_a, **_k: 1 / 0
    )
    drain_work()
    page = client.get(page_of(run))
    assert "The import did not work, nothing was written" in page.text
    assert "division by zero" in page.text
    assert "It is tried again" in page.text
    assert "Stop and go back to the answers" in page.text
    Work.objects.filter(dedupe=work_key(run)).update(state="dead")
    assert "given up" in client.get(page_of(run)).text


def test_the_page_itself_never_fails_for_progress(run, client):
    start(client, run)
    report_progress("no such work", done=1)
    assert client.get(page_of(run)).status_code == 200
