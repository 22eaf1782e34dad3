"""What a mail says, in both languages: complete as text, the same as HTML, and nothing but it."""

import re
from email import message_from_bytes
from email.policy import default

import pytest
from django.core import mail
from django.utils.translation import override

from riskhub.company.services import set_preference
from riskhub.notices.letters import LONGEST_SUBJECT, one_line, public_address
from riskhub.notices.models import Notice
from riskhub.notices.services import mail_notice, notify

pytestmark = pytest.mark.django_db
XSS = "<img src=x onerror=alert(1)>\"'&{{ 7|add:7 }}"


@pytest.fixture
def mailed(approver, settings):
    """`mailed(language, title=…)` is the mail as it goes over the wire, read again."""
    settings.PUBLIC_URL = "https://risk.example.com"

    def send(language="zh-hans", **params):
        approver.locale = language
        approver.save()
        mail.outbox.clear()
        said = {"plan": "RP-001", "risk": "R001", "title": "漏水"} | params
        notify([approver], by=None, kind="plan_waiting", params=said, url="/plans/RP-001/",
               dedupe=f"{language}{params}"[:150])  # fmt: skip
        mail_notice(Notice.objects.latest("pk"))
        (message,) = mail.outbox
        return message_from_bytes(message.message().as_bytes(), policy=default)

    return send


def parts(message):
    text, html = message.iter_parts()
    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    return text.get_content(), html.get_content()


@pytest.mark.parametrize(
    ("language", "subject", "lang", "button"),
    [
        ("zh-hans", "R001 漏水：RP-001 等你决定", "zh-Hans", "在 RiskHub 中打开"),
        ("en", "RP-001 for R001 漏水 waits for your decision", "en", "Open in RiskHub"),
    ],
)
def test_in_the_language_of_the_reader(mailed, language, subject, lang, button):
    set_preference("company_name_zh", "安家到家", by=None)
    set_preference("company_name_en", "Anjia", by=None)
    with override("de"):
        message = mailed(language)
    text, html = parts(message)
    company = "安家到家" if language == "zh-hans" else "Anjia"
    assert message["Subject"].strip() == subject
    assert text.startswith(f"{subject}\n\nhttps://risk.example.com/plans/RP-001/\n")
    assert f"{company} · RiskHub" in text
    assert f'<html lang="{lang}">' in html
    for words in (subject, company, button, 'href="https://risk.example.com/plans/RP-001/"'):
        assert words in html


def test_headers(mailed):
    message = mailed()
    notice = Notice.objects.get()
    assert message["Message-ID"] == f"<notice-{notice.pk}@riskhub>"
    assert (message["To"], message["Auto-Submitted"]) == ("ma@example.com", "auto-generated")


def test_nothing_from_elsewhere_and_small(mailed):
    message = mailed()
    _text, html = parts(message)
    assert re.findall(r"<(?:img|script|link|iframe|form|style)|url\(|@import|\bon\w+=", html) == []
    assert set(re.findall(r"https?://[^/\"<]+", html)) == {"https://risk.example.com"}
    assert len(message.as_bytes()) < 8_000


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(
    "name",
    [
        "漏水\r\nBcc: all@example.com", "a\nSubject: b", "a\u2028b\u2029c", "a\x01b\x1b[31mc\x7f",
        "a\u202eb", "\u200b", "=?utf-8?b?QmNjOiB4?=", XSS,
    ],
)  # fmt: skip
def test_a_name_changes_no_header_and_no_page(mailed, language, name):
    message = mailed(language, title=name)
    _text, html = parts(message)
    assert len(mail.outbox[0].subject.splitlines()) == 1
    assert sorted(message.keys()) == sorted({*message.keys()})
    assert message["Bcc"] is None
    assert mail.outbox[0].recipients() == ["ma@example.com"]
    assert all(sign.isprintable() for sign in message["Subject"])
    assert "<img" not in html
    assert "14" not in re.sub(r"\d+px|#\w+", "", html)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_long_name_is_cut_in_the_subject_only(mailed, language):
    message = mailed(language, title="很长的名字" * 60)
    text, html = parts(message)
    subject = mail.outbox[0].subject
    assert (len(subject), subject[-1]) == (LONGEST_SUBJECT, "…")
    assert message["Subject"].strip() == subject
    assert "很长的名字" * 60 in text
    assert "很长的名字" * 60 in html
    assert max(map(len, message.as_bytes().splitlines())) <= 998


def test_what_looks_like_another_word_stays_readable():
    assert one_line("  漏水\r\n\tBcc:  x ") == "漏水 Bcc: x"


def test_a_link_never_leads_elsewhere(settings):
    settings.PUBLIC_URL = "https://risk.example.com/"
    assert public_address("/risks/?q=1") == "https://risk.example.com/risks/?q=1"
