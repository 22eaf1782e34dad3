"""A group keeps its address until another one is typed."""

import json

import pytest

from riskhub.audit.models import AuditEvent
from riskhub.notices.models import Webhook
from riskhub.notices.services import create_webhook
from tests.riskhub.notices.listening import ADDRESSES

pytestmark = pytest.mark.django_db
TYPED = {"name": "客诉群", "topics": ["alarms"], "locale": "en", "address": "", "signing_key": ""}


@pytest.fixture
def webhook(admin):
    return create_webhook(
        by=admin, name="客服群", robot="dingtalk", topics=["danger"],
        address=ADDRESSES["dingtalk"], signing_key="SECabc12345",
    )  # fmt: skip


def url(webhook):
    return f"/settings/groups/{webhook.pk}/edit/"


def test_its_name_language_and_topics(sign_in, admin, webhook):
    client = sign_in(admin)
    page = client.get(url(webhook))
    form = page.context["form"]
    assert (form["name"].value(), form["topics"].value()) == ("客服群", ["danger"])
    assert (webhook.hint in page.text, "566cc69d" in page.text) == (True, False)
    answer = client.post(url(webhook), TYPED)
    assert (answer.status_code, answer["Location"]) == (302, "/settings/groups/")
    kept = Webhook.objects.get()
    assert (kept.name, kept.locale, kept.topics) == ("客诉群", "en", ["alarms"])
    assert json.loads(kept.secret) == {
        "address": ADDRESSES["dingtalk"], "signing_key": "SECabc12345",
    }  # fmt: skip
    event = AuditEvent.objects.get(action="webhook.edited")
    assert (event.actor_name, sorted(event.after)) == ("钱程", ["locale", "name", "topics"])


def test_another_address(sign_in, admin, webhook):
    other = ADDRESSES["dingtalk"][:-4] + "beef"
    sign_in(admin).post(url(webhook), TYPED | {"address": other})
    kept = Webhook.objects.get()
    assert json.loads(kept.secret) == {"address": other, "signing_key": ""}
    assert kept.hint == "oapi.dingtalk.com …beef"
    assert AuditEvent.objects.get(action="webhook.edited").after["secret"] == "***"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"address": ADDRESSES["wecom"]}, "address"), ({"signing_key": "SECabc99999"}, "address"),
        ({"name": ""}, "name"), ({"topics": []}, "topics"), ({"locale": "fr"}, "locale"),
        ({"name": "另一群"}, "name"),
    ],
)  # fmt: skip
def test_what_is_not_right_is_said_at_its_field(sign_in, admin, webhook, typed, field):
    create_webhook(
        by=admin, name="另一群", robot="wecom", topics=["danger"], address=ADDRESSES["wecom"]
    )
    page = sign_in(admin).post(url(webhook), TYPED | typed)
    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    webhook.refresh_from_db()
    assert webhook.name == "客服群"


def test_only_dingtalk_has_a_key(sign_in, admin):
    other = create_webhook(
        by=admin, name="另一群", robot="wecom", topics=["danger"], address=ADDRESSES["wecom"]
    )
    form = sign_in(admin).get(url(other)).context["form"]
    assert "signing_key" not in form.fields


def test_the_administrator_alone(sign_in, risk_manager, webhook):
    assert sign_in(risk_manager).get(url(webhook)).status_code == 403
