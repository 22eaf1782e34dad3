"""Who is told first, where they are called, and what may be offered without asking."""

import pytest
from django.core.exceptions import ValidationError

from incidents.services.duty import set_duty
from riskhub.audit.models import AuditEvent
from riskhub.company.preferences import preference, preferences
from riskhub.notices.models import Notice
from tests.incidents.reporting import make_incident

pytestmark = pytest.mark.django_db

URL = "/settings/clocks/duty/"
LIMITS = {
    "limit_customer_service": "500", "limit_department_head": "2000", "limit_risk_manager": "5000",
    "limit_approver": "1000000", "offer_answer_days": "14",
}  # fmt: skip


def test_whoever_is_named_hears_it_first(
    sign_in, risk_manager, staff_repair, head_cleaning, staff_cleaning, clean
):
    client = sign_in(risk_manager)
    answer = client.post(
        URL, LIMITS | {"duty_manager": staff_repair.pk, "duty_phone": "13800000001"}
    )
    assert (answer.status_code, answer["Location"]) == (302, "/settings/clocks/")
    changed = AuditEvent.objects.filter(action="company.setting_changed")
    assert {*changed.values_list("object_id", flat=True)} == {"duty_manager", "duty_phone"}
    make_incident(clean, staff_cleaning, hurt=["staff"])
    assert Notice.objects.get(kind="incident_hurt").user == staff_repair
    text = client.get("/settings/clocks/").text
    assert ("13800000001" in text, str(staff_repair) in text) == (True, True)
    assert "tel:13800000001" in client.get("/m/incident").text


def test_limits_are_those_of_each_role(sign_in, risk_manager):
    sign_in(risk_manager).post(URL, LIMITS | {"limit_customer_service": "800"})
    assert preference("offer_authority")["customer_service"] == 800
    assert preferences("duty_manager", "duty_phone") == {"duty_manager": None, "duty_phone": ""}


def test_they_stand_there_as_they_are(sign_in, risk_manager):
    form = sign_in(risk_manager).get(URL).context["form"]
    assert form["limit_department_head"].value() == 2000


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"duty_phone": "call me"}, "duty_phone"),
        ({"duty_phone": "1"}, "duty_phone"),
        ({"offer_answer_days": "0"}, "offer_answer_days"),
        ({"limit_approver": "-1"}, "limit_approver"),
        ({"limit_risk_manager": ""}, "limit_risk_manager"),
        ({"duty_manager": "987654"}, "duty_manager"),
    ],
)
def test_what_is_refused(sign_in, risk_manager, typed, field):
    page = sign_in(risk_manager).post(URL, LIMITS | typed)
    assert (page.status_code, [*page.context["form"].errors]) == (422, [field])


def test_the_service_refuses_it_too(risk_manager, staff_repair):
    limits = {"customer_service": 1}
    staff_repair.is_active = False
    with pytest.raises(ValidationError, match="能登录"):
        set_duty(
            by=risk_manager, duty_manager=staff_repair, duty_phone="", offer_authority=limits,
            offer_answer_days=14,
        )  # fmt: skip
    with pytest.raises(ValidationError, match="0"):
        set_duty(
            by=risk_manager, duty_manager=None, duty_phone="", offer_authority={"approver": -1},
            offer_answer_days=14,
        )  # fmt: skip


def test_who_left_meanwhile_stands_at_the_field(sign_in, risk_manager, staff_repair, monkeypatch):
    def refused(**_facts):
        raise ValidationError({"duty_manager": "不在了"})

    monkeypatch.setattr("incidents.views.duty.set_duty", refused)
    page = sign_in(risk_manager).post(URL, LIMITS | {"duty_manager": staff_repair.pk})
    assert (page.status_code, [*page.context["form"].errors]) == (422, ["duty_manager"])
