import pytest

from tests.assessments.matrices import draft, submitted
from tests.assessments.pages import queries_of

pytestmark = pytest.mark.django_db

URL = "/settings/matrix/"


def test_the_newest_stands_on_top(risk_manager, sign_in):
    draft(by=risk_manager)
    submitted(by=risk_manager)
    page = sign_in(risk_manager).get(URL)
    assert [(one.number, one.state) for one in page.context["schemes"]] == [
        (3, "submitted"), (2, "draft"), (1, "in_force"),
    ]  # fmt: skip
    assert "Start a draft" in page.text


def test_who_decides_and_the_auditor_read_it(approver, auditor, sign_in):
    for person in (approver, auditor):
        page = sign_in(person).get(URL)
        assert page.status_code == 200
        assert "Start a draft" not in page.text


def test_nobody_else_reads_it(head_cleaning, staff_cleaning, sign_in):
    for person in (head_cleaning, staff_cleaning):
        assert sign_in(person).get(URL).status_code == 403


def test_it_asks_the_same_for_one_and_for_three(risk_manager, sign_in):
    client = sign_in(risk_manager)
    before = queries_of(client, URL)
    draft(by=risk_manager)
    draft(by=risk_manager)
    assert queries_of(client, URL) == before


def test_it_is_only_read(risk_manager, sign_in):
    assert sign_in(risk_manager).post(URL).status_code == 405
