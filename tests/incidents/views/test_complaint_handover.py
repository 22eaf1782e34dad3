"""What is told to a customer for whom somebody wrote a complaint down."""

from uuid import uuid4

import pytest

from incidents.complaints.secrets import secret_of
from incidents.services import CUSTOMER, Told, receive_complaint
from tests.incidents.complaining import CHEN

pytestmark = pytest.mark.django_db


def written_down(by, **fields):
    told = Told(client_uuid=uuid4(), text="地板泡坏了", channel="phone", **fields)
    return receive_complaint(told, by=by)[0]


def page_of(client, complaint):
    return client.get(f"/m/complaint/sent/{complaint.client_uuid}")


def test_number_secret_and_the_moment_by_which_we_call(sign_in, service):
    complaint = written_down(service, contact=CHEN)
    page = page_of(sign_in(service), complaint).text
    assert complaint.code in page
    assert secret_of(complaint.client_uuid) in page
    assert "请告诉客户" in page
    assert complaint.get_absolute_url() in page


def test_whoever_leaves_no_contact_is_told_where_the_answer_stands(sign_in, service):
    assert "答复" in page_of(sign_in(service), written_down(service)).text


def test_staff_do_not_see_the_complaint_itself_afterwards(sign_in, staff_cleaning):
    complaint = written_down(staff_cleaning)
    client = sign_in(staff_cleaning)
    assert complaint.get_absolute_url() not in page_of(client, complaint).text
    assert client.get(complaint.get_absolute_url()).status_code == 404


def test_nobody_else_reads_the_secret(sign_in, service, second_service, risk_manager):
    complaint = written_down(service)
    own = receive_complaint(Told(client_uuid=uuid4(), text="自己填的"), by=CUSTOMER)[0]
    assert page_of(sign_in(second_service), complaint).status_code == 404
    assert page_of(sign_in(risk_manager), own).status_code == 404
    assert sign_in(service).get(f"/m/complaint/sent/{uuid4()}").status_code == 404
