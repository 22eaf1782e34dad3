"""The log is recomputed in the background; the page says how far it is and what was found."""

import pytest
from django.urls import reverse

from riskhub.audit import chain
from riskhub.audit.models import AuditEvent, AuditSeal
from riskhub.work.models import Work
from riskhub.work.services import drain_work
from tests.builders import make_risk
from tests.horizon import wait_for_horizon

URL = "/audit/verify/"
KEY = "7f9d8c8e-8f9d-4f0e-9b1a-1c6d2a3b4c5d"
PART = {"HX-Request": "true", "HX-Target": "verify-state"}


@pytest.fixture
def risk(register, risk_manager):
    return make_risk(register, by=risk_manager)


def owed():
    return Work.objects.filter(kind="audit.verify")


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("risk")
class TestDone:
    def test_the_log_is_sealed_recomputed_and_the_result_is_an_event(self, sign_in, auditor):
        events, client = AuditEvent.objects.count(), sign_in(auditor)
        wait_for_horizon()
        assert client.post(URL, {"key": KEY}).headers["Location"] == URL
        assert client.get(URL).context["running"].done == 0
        drain_work()
        page = client.get(URL)
        # signing in wrote no event; the verification itself is sealed by the next run
        assert AuditSeal.objects.count() == events
        head = AuditSeal.objects.order_by("-seq").first()
        noted = AuditEvent.objects.get(action="audit.verified")
        assert noted.actor_id == auditor.pk
        assert noted.after == {"events": events, "head": head.hash, "fault": ""}
        (verdict,) = page.context["verdicts"]
        assert (verdict.actor, verdict.events, verdict.fault) == ("孙悦", events, "")
        assert page.context["running"] is None
        assert head.hash in page.text

    @pytest.mark.parametrize(
        ("attack", "words"),
        [
            ("UPDATE audit_auditevent SET actor_name = '别人' WHERE id = {}", "改动"),
            ("DELETE FROM audit_auditevent WHERE id = {}", "不见了"),
            ("DELETE FROM audit_auditseal WHERE event_id = {}", "不见了"),
            ("UPDATE audit_auditseal SET prev_hash = hash WHERE event_id = {}", "接不上"),
        ],
    )
    def test_the_first_fault_is_named_in_words(self, sign_in, auditor, as_owner, attack, words):
        client = sign_in(auditor)
        wait_for_horizon()
        client.post(URL, {"key": KEY})
        drain_work()
        broken = AuditEvent.objects.get(action="risk.created", object_type="registers_risk")
        seal = broken.seal.seq
        as_owner.execute("SET session_replication_role = replica")
        as_owner.execute(attack.format(broken.pk))
        client.post(URL, {"key": KEY.replace("7", "8")})
        drain_work()
        page = client.get(URL)
        fault = page.context["verdicts"][0].fault
        assert words in fault
        assert str(seal) in fault
        assert page.text.count(fault) == 3  # said, told to those who hear, and in the list
        assert (f'href="/audit/{broken.pk}/"' in page.text) == attack.startswith(
            "UPDATE audit_auditevent"
        )
        assert fault in client.get("/audit/").text
        told = AuditEvent.objects.filter(action="audit.verified").latest("pk").after
        assert told["fault"].startswith(("event", "seal"))

    def test_how_far_it_is_can_be_seen_meanwhile(self, sign_in, auditor, monkeypatch):
        monkeypatch.setattr(chain, "TOLD_EVERY", 2)
        seen, told = [], chain.verify_chain
        client = sign_in(auditor)
        client.post(URL, {"key": KEY})

        def verify(tell):
            def tell_and_look(done):
                tell(done)
                page = client.get(URL, headers=PART)
                seen.append((page.status_code, f'value="{done}"' in page.text))

            return told(tell_and_look)

        monkeypatch.setattr("riskhub.oversight.services.verifying.verify_chain", verify)
        wait_for_horizon()
        drain_work()
        assert seen[:3] == [(200, True)] * 3
        assert client.get(URL, headers=PART).status_code == 286


def test_an_event_put_in_behind_the_last_seal_leads_to_it(db, sign_in, auditor):
    note(auditor, {"kind": "slipped_in", "seal": 9, "event": 5})
    page = sign_in(auditor).get(URL)
    assert page.context["verdicts"][0].event == 5


def note(by, broken):
    from riskhub.audit.services import note_event  # noqa: PLC0415

    details = {"events": 9, "head": "0" * 64, "fault": "event 5 was put in", "broken": broken}
    note_event(by=by, action="audit.verified", object_type="audit_auditseal", details=details)


def test_what_was_found_before_there_were_words_is_shown_as_it_was(sign_in, auditor):
    note(auditor, None)
    assert "event 5 was put in" in sign_in(auditor).get(URL).text


def test_pressed_twice_it_is_one_run(sign_in, auditor):
    client = sign_in(auditor)
    for _n in range(2):
        assert client.post(URL, {"key": KEY}).status_code == 302
    assert owed().count() == 1
    page = client.post(URL, {"key": KEY.replace("7", "8")}, follow=True)
    assert [message.level_tag for message in page.context["messages"]] == ["info"]
    assert owed().count() == 1
    owed().update(state="done")
    client.post(URL, {"key": KEY.replace("7", "9")})
    client.post(URL)
    assert owed().count() == 2


def test_a_run_that_failed_says_why_and_when_it_goes_on(sign_in, auditor):
    client = sign_in(auditor)
    client.post(URL, {"key": KEY})
    owed().update(reason="network", error="[Errno 113]", attempts=1)
    running = client.get(URL).context["running"]
    assert (bool(running.error), bool(running.again_at), running.is_dead) == (True, True, False)
    owed().update(state="dead")
    page = client.get(URL)
    assert page.context["running"].is_dead
    assert 'name="key"' in page.text  # pressed again, it is a new run
    assert client.post(URL, {"key": KEY.replace("7", "8")}).status_code == 302
    assert owed().count() == 2


@pytest.mark.parametrize("name", ["head_cleaning", "staff_cleaning", "outsider"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_who_may_not_read_the_log_does_not_verify_it(sign_in, request, name, method):
    client = sign_in(request.getfixturevalue(name))
    assert getattr(client, method)(URL, {"key": KEY}).status_code == 403
    assert not owed().exists()


def test_other_methods_are_refused(sign_in, auditor):
    assert sign_in(auditor).put(URL).status_code == 405
    assert reverse("oversight:audit_verify") == URL
