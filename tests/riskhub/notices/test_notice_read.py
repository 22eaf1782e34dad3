from django.urls import reverse

from riskhub.audit.models import AuditEvent
from riskhub.notices.models import Notice

URL = "/notices/read/"


def test_all_of_mine_and_nobody_elses(sign_in, risk_manager, approver, notice):
    mine = {notice(risk_manager, "a").pk, notice(risk_manager, "b").pk}
    other = notice(approver, "c")
    response = sign_in(risk_manager).post(URL)
    assert response.headers["Location"] == reverse("notices:notice_list")
    assert set(Notice.objects.exclude(read_at=None).values_list("pk", flat=True)) == mine
    other.refresh_from_db()
    assert other.read_at is None
    assert AuditEvent.objects.filter(action="notice.read", actor_id=risk_manager.pk).count() == 2


def test_reading_the_address_is_refused(sign_in, risk_manager):
    assert sign_in(risk_manager).get(URL).status_code == 405


def test_nobody_signed_in_is_sent_to_sign_in(sign_in):
    assert sign_in().post(URL).headers["Location"].startswith(reverse("account_login"))
