"""How long contacts and files are kept."""

import pytest
from django.core.exceptions import ValidationError

from incidents.services.retention import set_retention
from riskhub.audit.models import AuditEvent
from riskhub.company.preferences import preferences

pytestmark = pytest.mark.django_db

URL = "/settings/clocks/kept/"
DAYS = {
    "contact_kept_days": "365", "removed_files_kept_days": "30", "incident_files_kept_days": "",
}  # fmt: skip


def test_only_what_changed_is_written_down(sign_in, risk_manager):
    client = sign_in(risk_manager)
    answer = client.post(URL, DAYS)
    assert (answer.status_code, answer["Location"]) == (302, "/settings/clocks/")
    changed = AuditEvent.objects.filter(action="company.setting_changed")
    assert [*changed.values_list("object_id", flat=True)] == ["contact_kept_days"]
    assert "1 年" in client.get("/settings/clocks/").text
    assert "1 年" in client.get("/privacy").text


def test_files_of_incidents_may_have_an_end(sign_in, risk_manager):
    sign_in(risk_manager).post(URL, DAYS | {"incident_files_kept_days": "3650"})
    assert preferences("incident_files_kept_days") == {"incident_files_kept_days": 3650}
    assert (
        sign_in(risk_manager).get(URL).context["form"]["incident_files_kept_days"].value() == 3650
    )


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"contact_kept_days": "29"}, "contact_kept_days"),
        ({"contact_kept_days": ""}, "contact_kept_days"),
        ({"removed_files_kept_days": "0"}, "removed_files_kept_days"),
        ({"incident_files_kept_days": "100"}, "incident_files_kept_days"),
        ({"incident_files_kept_days": "99999"}, "incident_files_kept_days"),
    ],
)
def test_what_is_refused(sign_in, risk_manager, typed, field):
    page = sign_in(risk_manager).post(URL, DAYS | typed)
    assert (page.status_code, [*page.context["form"].errors]) == (422, [field])


def test_the_service_refuses_it_too(risk_manager):
    with pytest.raises(ValidationError, match="365"):
        set_retention(
            by=risk_manager, contact_kept_days=365, removed_files_kept_days=1,
            incident_files_kept_days=364,
        )  # fmt: skip


def test_what_the_service_refuses_stands_at_its_field(sign_in, risk_manager, monkeypatch):
    def refused(**_facts):
        raise ValidationError({"contact_kept_days": "太短"})

    monkeypatch.setattr("incidents.views.retention.set_retention", refused)
    page = sign_in(risk_manager).post(URL, DAYS)
    assert (page.status_code, [*page.context["form"].errors]) == (422, ["contact_kept_days"])


def test_only_whoever_keeps_the_clocks(sign_in, head_cleaning):
    assert sign_in(head_cleaning).get(URL).status_code == 403
