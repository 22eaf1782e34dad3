import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.incidents.recording import uploaded

pytestmark = pytest.mark.django_db
URL = "/incidents/imports/"


def test_it_names_file_kind_and_source(risk_manager, sign_in):
    run = uploaded(by=risk_manager)
    page = sign_in(risk_manager).get(URL)
    [(shown, mark, kind)] = page.context["rows"]
    assert (shown, mark, str(kind.words), page.context["may_import"]) == (
        run,
        "draft",
        "投诉",
        True,
    )
    assert f"{URL}{run.pk}/" in page.content.decode()


def test_the_auditor_reads_and_others_do_not(risk_manager, auditor, service, sign_in):
    uploaded(by=risk_manager)
    page = sign_in(auditor).get(URL)
    assert (page.context["page"].count, page.context["may_import"]) == (1, False)
    assert sign_in(service).get(URL).status_code == 403


def test_it_is_no_import_of_a_register(risk_manager, sign_in):
    uploaded(by=risk_manager)
    assert sign_in(risk_manager).get("/imports/").context["page"].count == 0


def test_it_asks_as_often_for_one_as_for_three(risk_manager, sign_in):
    client = sign_in(risk_manager)
    uploaded(by=risk_manager)
    client.get(URL)
    one = queries(client)
    for number in range(2):
        uploaded(by=risk_manager, filename=f"{number}.csv")
    assert queries(client) == one


def queries(client):
    with CaptureQueriesContext(connection) as found:
        client.get(URL)
    return len(found)
