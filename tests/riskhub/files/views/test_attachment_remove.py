import pytest

from riskhub.files.models import Attachment
from tests.registers.audit import Trail


@pytest.fixture
def url(attachment):
    return f"/files/{attachment.uuid}/remove/"


def test_out_of_view_with_a_reason(url, attachment, risk, sign_in, head_cleaning):
    trail = Trail()
    response = sign_in(head_cleaning).post(url, {"reason": "拍到了客户"})
    risk.refresh_from_db()
    assert (response.status_code, response["Location"]) == (302, risk.get_absolute_url())
    event = trail.only("files_attachment")
    assert (event.action, event.reason, event.actor_id) == (
        "attachment.removed", "拍到了客户", head_cleaning.pk,
    )  # fmt: skip
    assert (Attachment.objects.count(), Attachment.objects.shown().count()) == (1, 0)


def test_pressed_twice_the_second_finds_nothing(url, sign_in, risk_manager):
    client = sign_in(risk_manager)
    statuses = [client.post(url, {"reason": "重复"}).status_code for _ in range(2)]
    assert statuses == [302, 404]


def test_without_a_reason(url, sign_in, risk_manager):
    assert sign_in(risk_manager).post(url, {"reason": " "}).status_code == 422
    assert Attachment.objects.shown().exists()


@pytest.mark.parametrize(("who", "status"), [("auditor", 403), ("staff_repair", 404)])
def test_who_may_not(url, sign_in, request, who, status):
    client = sign_in(request.getfixturevalue(who))
    assert client.get(url).status_code == client.post(url, {"reason": "x"}).status_code == status
    assert Attachment.objects.shown().exists()


def test_wrong_method(url, sign_in, risk_manager):
    assert sign_in(risk_manager).delete(url).status_code == 405


def test_the_part_and_only_that(url, sign_in, risk_manager, part):
    response = part(sign_in(risk_manager), url, "removal-form", {"reason": ""})
    assert (response.status_code, response.content.decode().strip()[:5]) == (422, "<form")
