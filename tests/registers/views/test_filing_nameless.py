"""A near miss without a name: nothing anywhere says who it was, and yet they learn what came of it."""

import json
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from registers.models import ProposalMessage, RiskProposal
from registers.receipts import kept_as, receipt_of
from registers.services import NotTheFiler, answer_proposal
from riskhub.audit.models import AuditEvent
from riskhub.files.models import StoredFile
from riskhub.notices.models import Notice
from tests.filings import QUESTION, ask
from tests.photos import picture
from tests.registers.pages import main_of

URL = "/m/new"
SAW = "梯子滑了一下，没有人受伤"


@pytest.fixture
def values(clean):
    return {
        "text": SAW, "department": clean.pk, "client_uuid": str(uuid4()), "kinds": ["near_miss"],
        "is_anonymous": "on",
    }  # fmt: skip


@pytest.fixture
def staff(sign_in, staff_cleaning):
    return sign_in(staff_cleaning)


def receipt_at(values):
    return f"/m/filed/{receipt_of(UUID(values['client_uuid']))}"


def everything_since(event):
    """All rows that were written, as text, and the events about them."""
    found = []
    with connection.cursor() as cursor:
        for table in ("registers_riskproposal", "registers_proposalmessage", "notices_notice",
                      "files_attachment", "files_storedfile", "work_work"):  # fmt: skip
            cursor.execute(f"SELECT to_jsonb(t) FROM {table} t")
            found += [json.dumps(row) for (row,) in cursor.fetchall()]
    return found, list(AuditEvent.objects.filter(pk__gt=event).values())


def test_nothing_says_who_it_was(staff, values, staff_cleaning, risk_manager):
    last = AuditEvent.objects.latest("pk").pk
    photo = SimpleUploadedFile("wangfang.jpg", picture())
    response = staff.post(URL, values | {"photos": photo}, headers={"X-Forwarded-For": "10.1.2.3"})
    assert response["Location"] == receipt_at(values)
    rows, events = everything_since(last)
    for text in (*rows, *(json.dumps(event, default=str) for event in events)):
        assert "staff.cleaning" not in text
        assert "王芳" not in text
        assert "wangfang" not in text
    proposal = RiskProposal.objects.get()
    assert (proposal.submitter, proposal.is_anonymous) == (None, True)
    assert set(StoredFile.objects.values_list("uploaded_by", flat=True)) == {None}
    assert {(event["actor_id"], event["actor_name"]) for event in events} == {
        (None, "nobody"), (None, "system"),
    }  # fmt: skip
    asked = {event["request_id"] for event in events}
    assert response["X-Request-ID"] not in {str(each) for each in asked}
    assert {event["ip_prefix"] for event in events} == {""}


def test_a_manager_who_files_it_hears_of_it_like_the_others(
    sign_in, risk_manager, second_manager, values
):
    sign_in(risk_manager).post(URL, values)
    assert set(Notice.objects.values_list("user__username", flat=True)) == {
        "risk.manager", "second.manager",
    }  # fmt: skip


def test_sent_three_times_it_has_one_number(staff, values):
    answers = {staff.post(URL, values)["Location"] for _ in range(3)}
    assert (len(answers), RiskProposal.objects.count()) == (1, 1)


def test_the_same_words_by_two_people_are_two(staff, values, sign_in, head_cleaning):
    staff.post(URL, values)
    sign_in(head_cleaning).post(URL, values | {"client_uuid": str(uuid4())})
    assert RiskProposal.objects.count() == 2


def test_the_receipt_is_for_whoever_has_its_address(staff, values, sign_in, head_repair):
    receipt = staff.post(URL, values)["Location"]
    number = RiskProposal.objects.get().pk
    for client in (staff, sign_in(head_repair)):
        words = main_of(client.get(receipt))
        assert SAW in words
        assert str(number) in words
    assert staff.get(f"/m/filed/{number}").status_code == 404
    assert staff.get(f"/m/filed/{uuid4()}").status_code == 404
    assert SAW not in staff.get("/m/mine/").content.decode()


def test_a_filing_with_a_name_has_no_such_address(staff, values):
    staff.post(URL, values | {"is_anonymous": ""})
    assert staff.get(receipt_at(values)).status_code == 404
    assert staff.get(f"/m/filed/{values['client_uuid']}").status_code == 404


def test_nothing_that_is_kept_or_told_leads_to_the_receipt(staff, values, sign_in, risk_manager):
    last = AuditEvent.objects.latest("pk").pk
    receipt = staff.post(URL, values)["Location"]
    proposal = RiskProposal.objects.get()
    manager = sign_in(risk_manager)
    for known in (values["client_uuid"], proposal.client_uuid):
        assert manager.get(f"/m/filed/{known}").status_code == 404
        assert manager.get(f"/m/filed/{known}/answer").status_code == 404
    rows, events = everything_since(last)
    told = manager.get(f"/api/v1/triage/{proposal.pk}/").json()
    assert told["receipt"] is None
    for text in (*rows, json.dumps(events, default=str), json.dumps(told)):
        assert receipt.rsplit("/", 1)[1] not in text
        assert values["client_uuid"] not in text


def test_the_address_stays_good_with_another_secret(staff, values, settings):
    receipt = UUID(staff.post(URL, values)["Location"].rsplit("/", 1)[1])
    settings.SECRET_KEY = "another-secret-of-fifty-characters-or-more-for-this"
    assert RiskProposal.objects.get().client_uuid == kept_as(receipt)


def test_one_form_is_not_sent_with_a_name_and_without(staff, values):
    for first, second in (("on", ""), ("", "on")):
        sent = values | {"client_uuid": str(uuid4()), "text": f"{SAW}{first}"}
        assert staff.post(URL, sent | {"is_anonymous": first}).status_code == 302
        assert staff.post(URL, sent | {"is_anonymous": second}).status_code == 422
    assert RiskProposal.objects.count() == 2


def test_who_decides_on_it_does_not_answer_it(staff, values, sign_in, risk_manager):
    receipt = staff.post(URL, values)["Location"]
    asked = ask(RiskProposal.objects.get(), by=risk_manager)
    manager = sign_in(risk_manager)
    assert "/answer" not in main_of(manager.get(receipt))
    assert f"{receipt}/answer" not in manager.get(receipt).content.decode()
    for refused in (
        manager.get(f"{receipt}/answer"),
        manager.post(f"{receipt}/answer", {"text": "二楼"}),
    ):
        assert refused.status_code == 403
        assert "由你决定，只有上报人能回答。" in main_of(refused)
    with pytest.raises(NotTheFiler):
        answer_proposal(asked, by=risk_manager, text="二楼")
    assert ProposalMessage.objects.count() == 1
    assert f"{receipt}/answer" in staff.get(receipt).content.decode()


@pytest.mark.parametrize("kinds", [[], ["hurt"], ["idea", "angry"]])
def test_only_a_near_miss(staff, values, kinds):
    refused = staff.post(URL, values | {"kinds": kinds})
    body = refused.content.decode()
    assert (refused.status_code, RiskProposal.objects.count()) == (422, 0)
    assert SAW in body
    assert "差一点" in body
    assert 'name="is_anonymous"' in body


def test_a_question_is_answered_without_a_name(staff, values, risk_manager, staff_cleaning):
    receipt = staff.post(URL, values)["Location"]
    ask(RiskProposal.objects.get(), by=risk_manager)
    assert QUESTION in main_of(staff.get(receipt))
    last = AuditEvent.objects.latest("pk").pk
    assert staff.post(f"{receipt}/answer", {"text": "二楼"})["Location"] == receipt
    rows, events = everything_since(last)
    assert ProposalMessage.objects.latest("pk").author is None
    assert RiskProposal.objects.get().state == "submitted"
    assert not [text for text in rows if staff_cleaning.username in text]
    assert {event["actor_id"] for event in events} == {None}


def test_an_auditor_reads_and_does_not_answer(staff, values, sign_in, risk_manager, auditor):
    receipt = staff.post(URL, values)["Location"]
    ask(RiskProposal.objects.get(), by=risk_manager)
    client = sign_in(auditor)
    assert client.get(receipt).status_code == 200
    assert client.post(f"{receipt}/answer", {"text": "二楼"}).status_code == 403


def test_those_who_decide_read_that_it_has_no_name(staff, values, sign_in, risk_manager):
    staff.post(URL, values)
    assert "未留姓名" in main_of(sign_in(risk_manager).get("/inbox/triage/"))


def test_the_language_is_that_of_the_words(staff, values):
    staff.post(URL, values)
    staff.post(URL, values | {"text": "The ladder slipped", "client_uuid": str(uuid4())})
    assert list(RiskProposal.objects.order_by("pk").values_list("lang", flat=True)) == [
        "zh-hans", "en",
    ]  # fmt: skip
