from django.urls import reverse

from riskhub.audit.models import AuditEvent


def url_of(notice):
    return reverse("notices:notice_open", args=[notice.pk])


def test_opening_reads_it_and_leads_on(sign_in, risk_manager, notice):
    mine, other = notice(risk_manager, "a"), notice(risk_manager, "b")
    response = sign_in(risk_manager).post(url_of(mine))
    assert response.headers["Location"] == "/risks/"
    mine.refresh_from_db()
    other.refresh_from_db()
    assert (bool(mine.read_at), other.read_at) == (True, None)
    event = AuditEvent.objects.get(action="notice.read")
    assert (event.actor_id, event.object_type, event.object_id) == (
        risk_manager.pk, "notices_notice", str(mine.pk),
    )  # fmt: skip


def test_opening_it_again_changes_nothing(sign_in, risk_manager, notice):
    mine = notice(risk_manager)
    client = sign_in(risk_manager)
    client.post(url_of(mine))
    mine.refresh_from_db()
    first = mine.read_at
    client.post(url_of(mine))
    mine.refresh_from_db()
    assert mine.read_at == first
    assert AuditEvent.objects.filter(action="notice.read").count() == 1


def test_somebody_elses_is_not_there(sign_in, risk_manager, approver, notice):
    other = notice(approver)
    assert sign_in(risk_manager).post(url_of(other)).status_code == 404
    other.refresh_from_db()
    assert other.read_at is None


def test_reading_the_address_is_refused(sign_in, risk_manager, notice):
    assert sign_in(risk_manager).get(url_of(notice(risk_manager))).status_code == 405


def test_nobody_signed_in_is_sent_to_sign_in(sign_in, risk_manager, notice):
    response = sign_in().post(url_of(notice(risk_manager)))
    assert response.headers["Location"].startswith(reverse("account_login"))
