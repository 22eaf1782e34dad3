"""A mail about notices: a text that is complete by itself, and the same as HTML. In the active language."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from riskhub.company.preferences import company_name
from riskhub.notices.models import Notice

LONGEST_SUBJECT = 150
MOST_LINES = 50
"""More are counted, and read in the app."""
_HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
"""So that no absence note answers."""


@dataclass(frozen=True)
class MailLine:
    """One notice as the mail shows it."""

    title: str
    address: str
    at: datetime


def letter(
    notices: Sequence[Notice], *, subject: str, key: str, is_daily: bool = False
) -> EmailMultiAlternatives:
    """To whom they are all for. `key` makes the Message-ID: on a repeat the mailbox shows it once."""
    subject = one_line(subject)
    context = {
        "subject": subject,
        "lines": [
            MailLine(one_line(notice.title), public_address(notice.url), notice.created_at)
            for notice in notices[:MOST_LINES]
        ],
        "more": max(len(notices) - MOST_LINES, 0),
        "is_daily": is_daily,
        "company": company_name(),
        "all_address": public_address(reverse("notices:notice_list")),
        "choices_address": public_address(reverse("notices:subscription_edit")),
    }
    message = EmailMultiAlternatives(
        subject=_cut(subject),
        body=render_to_string("notices/mail.txt", context),
        to=[notices[0].user.email],
        headers={"Message-ID": f"<{key}@riskhub>", **_HEADERS},
    )
    message.attach_alternative(render_to_string("notices/mail.html", context), "text/html")
    return message


def public_address(path: str) -> str:
    """With the host by which people reach the site from outside."""
    return urljoin(settings.PUBLIC_URL, path)


def one_line(text: str) -> str:
    """Names are typed by people: what would break a line, or steer a screen, becomes a space."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _cut(subject: str) -> str:
    return subject if len(subject) <= LONGEST_SUBJECT else f"{subject[: LONGEST_SUBJECT - 1]}…"
