import pytest
from django.urls import reverse

from riskhub.audit.models import AuditEvent, AuditSeal
from tests.builders import make_risk
from tests.horizon import wait_for_horizon

pytestmark = pytest.mark.django_db(transaction=True)


URL = "/audit/verify/"


@pytest.fixture
def risk(register, risk_manager):
    return make_risk(register, by=risk_manager)


@pytest.mark.usefixtures("risk")
def test_the_log_is_sealed_recomputed_and_the_result_is_an_event(sign_in, auditor):
    events = AuditEvent.objects.count()
    client = sign_in(auditor)
    wait_for_horizon()
    page = client.post(URL, follow=True)
    assert page.redirect_chain == [(reverse("oversight:event_list"), 302)]
    assert [message.level_tag for message in page.context["messages"]] == ["success"]
    # signing in wrote no event; the verification itself is sealed by the next run
    assert AuditSeal.objects.count() == events
    head = AuditSeal.objects.order_by("-seq").first()
    noted = AuditEvent.objects.get(action="audit.verified")
    assert noted.actor_id == auditor.pk
    assert noted.after == {"events": events, "head": head.hash, "fault": ""}
    assert page.context["standing"]["seals"].checked == noted


@pytest.mark.usefixtures("risk")
def test_a_changed_event_is_named(sign_in, auditor, as_owner):
    client = sign_in(auditor)
    wait_for_horizon()
    client.post(URL, follow=True)
    broken = AuditEvent.objects.get(action="risk.created", object_type="registers_risk")
    as_owner.execute("SET session_replication_role = replica")
    as_owner.execute("UPDATE audit_auditevent SET actor_name = '别人' WHERE id = %s", [broken.pk])
    page = client.post(URL, follow=True)
    (message,) = page.context["messages"]
    assert message.level_tag == "error"
    assert f"event {broken.pk} " in str(message)
    assert page.context["standing"]["seals"].fault.startswith(f"event {broken.pk} ")


def test_reading_the_address_is_refused(sign_in, auditor):
    assert sign_in(auditor).get(URL).status_code == 405


@pytest.mark.parametrize("name", ["head_cleaning", "staff_cleaning", "outsider"])
def test_who_may_not_read_the_log_does_not_verify_it(sign_in, request, name):
    user = request.getfixturevalue(name)
    assert sign_in(user).post(URL).status_code == 403
    assert not AuditEvent.objects.filter(action="audit.verified").exists()
