"""The filer answers the risk manager's question; the filing waits for a decision again."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from registers.models import ProposalMessage
from registers.services import accept_proposal, file_proposal
from riskhub.files.reading import attachments_of
from riskhub.notices.models import Notice
from tests.filings import QUESTION, ask
from tests.photos import picture
from tests.registers.audit import Trail
from tests.registers.pages import main_of
from tests.registers.services.test_risks import draft


@pytest.fixture
def asked(staff_cleaning, clean, risk_manager):
    proposal, _new = file_proposal(
        by=staff_cleaning, client_uuid=uuid4(), text="灯坏了", department=clean
    )
    return ask(proposal, by=risk_manager)


@pytest.fixture
def url(asked):
    return f"/m/filed/{asked.pk}/answer"


@pytest.fixture
def staff(sign_in, staff_cleaning):
    return sign_in(staff_cleaning)


def test_the_question_stands_above_the_box(staff, url):
    words = main_of(staff.get(url))
    assert QUESTION in words
    assert "陈静" in words


def test_the_answer_goes_to_those_who_decide(staff, url, asked, staff_cleaning, risk_manager):
    trail = Trail()
    response = staff.post(url, {"text": "卧室的灯"})
    asked.refresh_from_db()
    assert (response.status_code, response["Location"]) == (302, f"/m/filed/{asked.pk}")
    assert asked.state == "submitted"
    answer = ProposalMessage.objects.latest("pk")
    assert (answer.author, answer.text) == (staff_cleaning, "卧室的灯")
    notice = Notice.objects.get(kind="proposal_answered")
    assert (notice.user, notice.url) == (risk_manager, f"/inbox/triage/{asked.pk}/")
    done = [each for each in trail.events() if "notice" not in each[1] and "work" not in each[1]]
    assert done == [
        ("proposal.answered", "registers_proposalmessage", "insert"),
        ("proposal.answered", "registers_riskproposal", "update"),
    ]
    assert trail.only("registers_riskproposal").after == {"state": "submitted"}


def test_with_a_photo(staff, url, asked):
    photo = SimpleUploadedFile("IMG_20260101.jpg", picture())
    assert staff.post(url, {"text": "见照片", "photos": photo}).status_code == 302
    assert [str(one) for one in attachments_of(asked)] == ["photo-1.jpg"]


def test_the_same_answer_sent_twice_is_one(staff, url):
    for _ in range(2):
        assert staff.post(url, {"text": "卧室的灯"}).status_code == 302
    assert ProposalMessage.objects.count() == 2
    assert Notice.objects.filter(kind="proposal_answered").count() == 1


def test_another_answer_after_it_is_refused_and_shown_for_copying(staff, url):
    staff.post(url, {"text": "卧室的灯"})
    refused = staff.post(url, {"text": "厨房也有一盏灯坏了，昨天才发现"})
    assert refused.status_code == 409
    assert "厨房也有一盏灯坏了，昨天才发现" in refused.content.decode()
    assert ProposalMessage.objects.count() == 2


def test_decided_in_the_meantime(staff, url, asked, register, risk_manager):
    staff.post(url, {"text": "卧室"})
    asked.refresh_from_db()
    accept_proposal(asked, draft(register), by=risk_manager)
    refused = staff.post(url, {"text": "卧室的灯坏了三天"})
    assert refused.status_code == 409
    assert "R001" in refused.content.decode()
    shown = staff.get(url)
    assert (shown.status_code, shown["Location"]) == (302, f"/m/filed/{asked.pk}")


@pytest.mark.parametrize("text", ["", "   ", "x" * 2001])
def test_what_is_refused(staff, url, asked, text):
    assert staff.post(url, {"text": text}).status_code == 422
    asked.refresh_from_db()
    assert (asked.state, ProposalMessage.objects.count()) == ("need_info", 1)


def test_the_part_and_only_that(staff, url, part):
    response = part(staff, url, "answer", {"text": ""})
    assert (response.status_code, response.content.decode().strip()[:5]) == (422, "<form")


def test_only_its_filer_answers(url, sign_in, risk_manager, head_cleaning, staff_repair, auditor):
    for user in (risk_manager, head_cleaning, staff_repair, auditor):
        client = sign_in(user)
        assert (client.get(url).status_code, client.post(url, {"text": "x"}).status_code) == (
            404,
            404,
        )


def test_wrong_method(staff, url):
    assert staff.put(url).status_code == 405


def test_a_filing_of_which_nothing_is_asked(staff, staff_cleaning, clean):
    proposal, _new = file_proposal(
        by=staff_cleaning, client_uuid=uuid4(), text="门坏了", department=clean
    )
    url = f"/m/filed/{proposal.pk}/answer"
    assert staff.get(url).status_code == 302
    assert staff.post(url, {"text": "什么？"}).status_code == 409


def test_it_is_answered_from_the_list_of_ones_own(staff, url):
    page = staff.get("/m/mine/").content.decode()
    assert f'action="{url}"' in page
    assert QUESTION in page
