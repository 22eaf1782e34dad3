"""A word to the group now, and whether it arrived."""

import pytest

from riskhub.audit.models import AuditEvent
from riskhub.notices.services import create_webhook
from riskhub.notices.webhooks.wire import NotSent
from tests.riskhub.notices.listening import ADDRESSES

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(admin):
    return create_webhook(
        by=admin,
        name="客服群",
        robot="feishu",
        topics=["danger", "gone"],
        address=ADDRESSES["feishu"],
    )


def test_it_says_that_it_was_sent(sign_in, admin, group, monkeypatch):
    sent = []
    monkeypatch.setattr(
        "riskhub.notices.services.webhooks.deliver", lambda *said: sent.append(said)
    )
    client = sign_in(admin)
    answer = client.post(f"/settings/groups/{group.pk}/try/")
    assert (answer.status_code, answer["Location"]) == (302, "/settings/groups/")
    assert sent[0][:2] == ("feishu", ADDRESSES["feishu"])
    assert "已向“客服群”发送测试消息" in client.get("/settings/groups/").content.decode()


def test_it_says_what_went_wrong(sign_in, admin, group, monkeypatch):
    def fail(*_said):
        raise NotSent("没有应答")

    monkeypatch.setattr("riskhub.notices.services.webhooks.deliver", fail)
    client = sign_in(admin)
    client.post(f"/settings/groups/{group.pk}/try/")
    assert "“客服群”没有收到：没有应答" in client.get("/settings/groups/").content.decode()
    assert AuditEvent.objects.get(action="webhook.tried").after == {"fault": "没有应答"}


def test_one_that_is_not_there(sign_in, admin):
    assert sign_in(admin).post("/settings/groups/99/try/").status_code == 404
