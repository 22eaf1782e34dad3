"""Told once in the app; by mail at least once, as the same mail."""

from collections import defaultdict

import pytest
from django.core import mail
from django.utils.translation import override

from riskhub.audit.context import acting
from riskhub.audit.models import AuditEvent
from riskhub.notices.kinds import TITLES, title_of
from riskhub.notices.models import Notice
from riskhub.notices.services import (
    MAIL,
    mail_notice,
    notify,
    notify_found,
    read_notice,
    read_notices,
)
from riskhub.work.models import Work
from riskhub.work.services import drain_work

pytestmark = pytest.mark.django_db
PARAMS = {"plan": "RP-001", "risk": "R001", "title": "漏水"}


def tell(*people, dedupe="plan:1", by=None, **params):
    notify(
        people, by=by, kind="plan_waiting", params=PARAMS | params, url="/plans/RP-001/",
        dedupe=dedupe,
    )  # fmt: skip


def test_each_person_once(approver, auditor, risk_manager):
    tell(approver, auditor, by=risk_manager)
    tell(approver, auditor, by=risk_manager)
    tell(approver, dedupe="plan:2")
    assert [Notice.objects.visible_to(person).count() for person in (approver, auditor)] == [2, 1]
    event = AuditEvent.objects.about(Notice.objects.earliest("pk")).get()
    assert (event.action, event.actor_name) == ("notice.sent", "陈静")
    assert str(Notice.objects.earliest("pk")).endswith("RP-001 等你决定")


def test_mail_is_owed_to_who_has_an_address(approver, auditor):
    tell(approver, auditor)
    assert list(Work.objects.values_list("kind", "dedupe", "payload")) == [
        (MAIL, f"notice.mail:{approver.pk}:plan:1", {"user": approver.pk, "dedupe": "plan:1"})
    ]
    assert drain_work() == 1
    (message,) = mail.outbox
    assert (message.to, message.subject) == (
        ["ma@example.com"], "R001 漏水：RP-001 等你决定",
    )  # fmt: skip
    notice = Notice.objects.get(user=approver)
    assert message.extra_headers["Message-ID"] == f"<notice-{notice.pk}@riskhub>"
    assert notice.mailed_at


def test_in_the_language_of_the_reader(approver):
    approver.locale = "en"
    approver.save()
    with override("zh-hans"):
        tell(approver)
        drain_work()
    assert mail.outbox[0].subject == "RP-001 for R001 漏水 waits for your decision"


def test_a_name_in_the_language_of_each_reader(approver, auditor):
    approver.locale = "en"
    auditor.email = "sun@example.com"
    for person in (approver, auditor):
        person.save()
    with override("zh-hans"):
        tell(approver, auditor, title={"zh-hans": "漏水", "en": "Water leaks"})
        drain_work()
    assert {message.subject for message in mail.outbox} == {
        "RP-001 for R001 Water leaks waits for your decision",
        "R001 漏水：RP-001 等你决定",
    }


def test_mailed_once(approver):
    tell(approver)
    notice = Notice.objects.get()
    mail_notice(notice)
    mail_notice(notice)
    assert len(mail.outbox) == 1
    event = AuditEvent.objects.about(notice).first()
    assert (event.action, event.actor_name, list(event.after)) == (
        "notice.mailed", "system", ["mailed_at"],
    )  # fmt: skip


def test_a_name_of_several_lines_is_one_line_in_the_mail(approver):
    tell(approver, title="漏水\r\nBcc: all@example.com")
    assert drain_work() == 1
    (message,) = mail.outbox
    assert message.subject.splitlines() == [message.subject]
    assert message.recipients() == ["ma@example.com"]


def test_a_mail_that_fails_is_tried_again(approver, settings):
    settings.EMAIL_BACKEND = "tests.riskhub.notices.test_services.Broken"
    tell(approver)
    assert drain_work() == 0
    row = Work.objects.get()
    assert (row.state, row.error) == ("due", "the mail server is down")
    assert Notice.objects.get().mailed_at is None


class Broken:
    def __init__(self, **_options):
        pass

    def send_messages(self, _messages):
        raise OSError("the mail server is down")


def test_read(approver, auditor):
    tell(approver, auditor)
    tell(approver, dedupe="plan:2")
    first, second = Notice.objects.visible_to(approver).order_by("pk")
    read_notice(first, by=auditor)
    assert Notice.objects.unread().count() == 3
    read_notice(first, by=approver)
    first.refresh_from_db()
    read_at = first.read_at
    assert read_at
    read_notices(by=approver)
    first.refresh_from_db()
    assert first.read_at == read_at
    assert Notice.objects.visible_to(approver).unread().count() == 0
    assert Notice.objects.unread().count() == 1
    event = AuditEvent.objects.about(second).first()
    assert (event.action, event.actor_name) == ("notice.read", "马文斌")


@pytest.mark.parametrize("kind", TITLES)
def test_every_kind_has_words_in_both_languages(kind):
    params = defaultdict(lambda: 1)
    titles = set()
    for language in ("en", "zh-hans"):
        with override(language):
            titles.add(title_of(kind, params))
    assert len(titles) == 2


@pytest.mark.parametrize(
    ("kind", "params", "words"),
    [
        ("import_applied", {"file": "a.csv", "created": 1}, "a.csv is imported: 1 risk"),
        ("import_applied", {"file": "a.csv", "created": 0}, "a.csv is imported: 0 risks"),
        ("import_waiting", {"register": "SVC", "count": 1},
         "1 imported assessment of SVC waits for confirmation"),
        ("import_waiting", {"register": "SVC", "count": 2},
         "2 imported assessments of SVC wait for confirmation"),
    ],
)  # fmt: skip
def test_one_is_not_many(kind, params, words):
    with override("en"):
        assert title_of(kind, params) == words


def test_no_kind_that_nobody_knows():
    with pytest.raises(KeyError):
        title_of("x", {})


class TestWhomAQueryFinds:
    def tell(self, by):
        readers = (
            "SELECT id, email FROM accounts_user WHERE username LIKE %s OR id = %s",
            ["a%", by.pk],
        )
        with acting(by, "plan.submitted"):
            notify_found(
                readers, by=by, kind="plan_waiting", params=PARAMS, url="/", dedupe="plan:1"
            )

    def test_each_once_and_not_who_acts(self, approver, auditor, risk_manager):
        self.tell(risk_manager)
        self.tell(risk_manager)
        assert {notice.user for notice in Notice.objects.all()} == {approver, auditor}
        events = [AuditEvent.objects.about(notice).get() for notice in Notice.objects.all()]
        assert {(event.action, event.actor_name) for event in events} == {("notice.sent", "陈静")}

    def test_mail_is_owed_to_who_has_an_address(self, approver, auditor, risk_manager):
        self.tell(risk_manager)
        assert list(Work.objects.values_list("kind", "dedupe", "payload")) == [
            (MAIL, f"notice.mail:{approver.pk}:plan:1", {"user": approver.pk, "dedupe": "plan:1"})
        ]
        assert drain_work() == 1
        assert [message.to for message in mail.outbox] == [["ma@example.com"]]
