"""How one hears of what: one's own choice, what cannot be put off, and what a choice changes."""

import pytest
from django.core import mail
from django.core.exceptions import ValidationError

from riskhub.audit.models import AuditEvent
from riskhub.notices.choices import Delivery
from riskhub.notices.kinds import TITLES
from riskhub.notices.models import DigestTime, Notice, Subscription
from riskhub.notices.services import chosen_by, notify, subscribe
from riskhub.notices.topics import TOPICS, chosen, topic_of
from riskhub.work.models import Work
from riskhub.work.services import drain_work

pytestmark = pytest.mark.django_db
URL = "/notices/settings/"
USUAL = {
    "decisions": "now", "alarms": "now", "arrivals": "digest", "clocks": "digest",
    "answers": "digest", "dates": "digest", "changes": "digest", "people": "digest",
    "files": "digest",
}  # fmt: skip
SENT = USUAL | {"hour": "8", "locale": "zh-hans"}


def tell(kind, *people, **params):
    notify(people, by=None, kind=kind, params=params, url="/", dedupe=kind)


def test_it_shows_what_counts(sign_in, approver):
    page = sign_in(approver).get(URL)
    form = page.context["form"]
    assert {name: form[name].value() for name in form.fields} == SENT | {"hour": 8}
    assert [topic.key for topic in page.context["fixed"]] == ["danger"]
    assert "没有登记邮箱" not in page.content.decode()


def test_without_an_address_it_says_so(sign_in, auditor):
    assert "没有登记邮箱" in sign_in(auditor).get(URL).content.decode()


def test_only_what_changed_is_kept(sign_in, approver):
    answer = sign_in(approver).post(URL, SENT | {"files": "now", "hour": "18"})
    assert (answer.status_code, answer["Location"]) == (302, "/notices/")
    assert list(Subscription.objects.values_list("user", "topic", "delivery")) == [
        (approver.pk, "files", "now")
    ]
    assert DigestTime.objects.get(user=approver).hour == 18
    events = AuditEvent.objects.filter(action="subscription.changed")
    assert set(events.values_list("actor_id", "object_type")) == {
        (approver.pk, "notices_subscription"), (approver.pk, "notices_digesttime"),
    }  # fmt: skip
    last = AuditEvent.objects.latest("pk").pk
    sign_in(approver).post(URL, SENT | {"files": "now", "hour": "18"})
    assert not AuditEvent.objects.filter(pk__gt=last, action="subscription.changed").exists()
    sign_in(approver).post(URL, SENT)
    assert chosen_by(approver) == {"danger": "now"} | USUAL


def test_the_language_of_mails_is_that_of_the_pages(sign_in, approver):
    client = sign_in(approver)
    client.post(URL, SENT | {"locale": "en"})
    approver.refresh_from_db()
    assert approver.locale == "en"
    assert "It counts for what comes from now on." in client.get("/notices/").content.decode()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"decisions": "bell"}, "decisions"), ({"files": "pigeon"}, "files"), ({"hour": "24"}, "hour"),
        ({"hour": "x"}, "hour"), ({"locale": "fr"}, "locale"), ({"answers": ""}, "answers"),
    ],
)  # fmt: skip
def test_what_is_not_offered_is_refused(sign_in, approver, typed, field):
    page = sign_in(approver).post(URL, SENT | typed)
    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    assert Subscription.objects.count() == 0


def test_danger_cannot_be_put_off(sign_in, approver):
    """Nor by a field that the page does not have."""
    answer = sign_in(approver).post(URL, SENT | {"danger": "bell"})
    assert (answer.status_code, Subscription.objects.count()) == (302, 0)
    with pytest.raises(ValidationError, match="不提供"):
        subscribe(approver, by=approver, deliveries={"danger": "bell"}, hour=8, locale="zh-hans")


def test_nobody_chooses_for_another(sign_in, approver, risk_manager):
    sign_in(risk_manager).post(URL, SENT | {"files": "now", "user": str(approver.pk)})
    assert list(Subscription.objects.values_list("user", flat=True)) == [risk_manager.pk]


@pytest.mark.parametrize(
    ("choice", "delivery", "at_once"),
    [("now", "now", 1), ("digest", "digest", 0), ("bell", "bell", 0), (None, "digest", 0)],
)
def test_what_a_choice_changes(approver, choice, delivery, at_once):
    if choice:
        Subscription.objects.create(user=approver, topic="files", delivery=choice)
    tell("report_ready", approver, period="2026Q3")
    drain_work()
    assert (Notice.objects.get().delivery, len(mail.outbox)) == (delivery, at_once)


def test_each_one_as_they_chose(approver, risk_manager, auditor):
    risk_manager.email = "chen@example.com"
    risk_manager.save()
    Subscription.objects.create(user=approver, topic="files", delivery="now")
    Subscription.objects.create(user=risk_manager, topic="people", delivery="now")
    tell("report_ready", approver, risk_manager, auditor, period="2026Q3")
    assert dict(Notice.objects.values_list("user", "delivery")) == {
        approver.pk: "now", risk_manager.pk: "digest", auditor.pk: "bell",
    }  # fmt: skip
    assert Work.objects.get().payload["user"] == approver.pk


def test_what_cannot_wait_goes_at_once_by_itself(approver):
    for kind in ("incident_hurt", "complaint_urgent", "plan_waiting", "complaint_late"):
        tell(kind, approver)
    assert set(Notice.objects.values_list("delivery", flat=True)) == {"now"}
    assert Work.objects.count() == 4


def test_every_kind_is_under_one_topic():
    """A kind that is new belongs into `topics.TOPICS`."""
    kinds = [kind for topic in TOPICS for kind in topic.kinds]
    assert sorted(kinds) == sorted(TITLES)


def test_a_kind_that_nobody_has_put_anywhere_waits_for_the_daily_mail():
    assert topic_of("x").usual == Delivery.DIGEST


def test_a_choice_that_is_no_longer_offered_does_not_count():
    assert chosen({"danger": "bell", "files": "bell"})["danger"] == "now"
    assert chosen({"danger": "bell", "files": "bell"})["files"] == "bell"
