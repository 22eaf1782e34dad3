"""A group is named once with its address, which is sealed."""

import pytest

from riskhub.audit.models import AuditEvent
from riskhub.notices.models import Webhook
from tests.riskhub.notices.listening import ADDRESSES

pytestmark = pytest.mark.django_db
URL = "/settings/groups/new/"
TYPED = {
    "name": "客服群", "robot": "dingtalk", "address": f" {ADDRESSES['dingtalk']} ",
    "signing_key": "SECabc12345", "topics": ["danger", "alarms"], "locale": "zh-hans",
}  # fmt: skip


def test_it_is_kept_sealed(sign_in, admin):
    answer = sign_in(admin).post(URL, TYPED)
    assert (answer.status_code, answer["Location"]) == (302, "/settings/groups/")
    webhook = Webhook.objects.get()
    assert (webhook.topics, webhook.hint) == (["alarms", "danger"], "oapi.dingtalk.com …ec4f")
    assert ADDRESSES["dingtalk"] in webhook.secret
    event = AuditEvent.objects.get(action="webhook.created")
    assert (event.actor_name, event.after["secret"]) == ("钱程", "***")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"address": ADDRESSES["wecom"]}, "address"), ({"address": ""}, "address"),
        ({"robot": "wecom", "address": ADDRESSES["wecom"]}, "signing_key"),
        ({"topics": ["weather"]}, "topics"), ({"topics": []}, "topics"), ({"robot": "x"}, "robot"),
        ({"name": ""}, "name"), ({"locale": "fr"}, "locale"),
        ({"robot": "json", "signing_key": "", "address": "https://10.0.0.1/"}, "address"),
    ],
)  # fmt: skip
def test_what_is_not_right_is_said_at_its_field(sign_in, admin, typed, field):
    page = sign_in(admin).post(URL, TYPED | typed)
    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    assert not Webhook.objects.exists()


def test_the_language_of_the_company_is_chosen(sign_in, admin):
    form = sign_in(admin).get(URL).context["form"]
    assert form["locale"].value() == "zh-hans"


def test_no_two_of_one_name(sign_in, admin):
    client = sign_in(admin)
    client.post(URL, TYPED)
    assert list(client.post(URL, TYPED).context["form"].errors) == ["name"]


def test_the_administrator_alone(sign_in, risk_manager):
    assert sign_in(risk_manager).post(URL, TYPED).status_code == 403
    assert not Webhook.objects.exists()
