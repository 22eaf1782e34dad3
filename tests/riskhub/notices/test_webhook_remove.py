"""A group is told nothing any more."""

import pytest

from riskhub.audit.models import AuditEvent
from riskhub.notices.models import Webhook
from riskhub.notices.services import create_webhook
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


def test_it_is_gone_with_its_address(sign_in, admin, group):
    answer = sign_in(admin).post(f"/settings/groups/{group.pk}/remove/")
    assert (answer.status_code, Webhook.objects.count()) == (302, 0)
    event = AuditEvent.objects.get(action="webhook.removed")
    assert (event.operation, event.before["secret"]) == ("delete", "***")


def test_the_administrator_alone(sign_in, auditor, group):
    assert sign_in(auditor).post(f"/settings/groups/{group.pk}/remove/").status_code == 403
    assert Webhook.objects.count() == 1
