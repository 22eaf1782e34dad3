"""The card on paper: one sheet of A4; where it says too much for that, the pages say so."""

import hashlib
import tempfile
from datetime import datetime, time
from pathlib import Path

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from assessments.contingency.card import Card
from riskhub.accounts.bilingual import is_english
from riskhub.company.preferences import company_name
from riskhub.reports.render.job import Job
from riskhub.reports.render.process import render_pdf

SIZES = (15.0, 12.0, 10.5, 9.0, 8.0, 7.0, 6.0)
"""In points; the first one with which the card has one page. Nobody reads smaller type in an emergency."""
_ON_PAGES = 10.5
"""Where the smallest one does not do: its pages are numbered, and the first one says so."""
_LETTERS = 416
"""So many fit on a page at the largest size; a guess that saves trials."""
_TEMPLATE = "reports/contingency/card.html"


def printed_card(card: Card, *, address: str, drawing: SafeString) -> bytes:
    """Equal cards on one day give equal bytes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "card.pdf"
        for size in _sizes(card):
            if render_pdf(_job(card, address, drawing, size), path).pages == 1:
                return path.read_bytes()
        render_pdf(_job(card, address, drawing, _ON_PAGES, is_long=True), path)
        return path.read_bytes()


def _sizes(card: Card) -> list[float]:
    """From the first that may do; the smallest one is tried last."""
    texts = [*card.triggers, *card.steps]
    letters = sum(len(one.text) for one in texts) + 30 * len(card.steps)
    letters += len(card.version.contacts)
    likely = [size for size in SIZES if letters <= _LETTERS * (SIZES[0] / size) ** 2 * 1.5]
    return likely or [SIZES[-1]]


def _job(
    card: Card, address: str, drawing: SafeString, size: float, *, is_long: bool = False
) -> Job:
    today = timezone.localdate()
    html = render_to_string(
        _TEMPLATE,
        {
            "card": card, "plan": card.plan, "version": card.version, "address": address,
            "drawing": drawing, "size": size, "is_long": is_long, "company": company_name(), "today": today,
            "lang": "en" if is_english() else "zh-Hans",
        },
    )  # fmt: skip
    return Job(
        html=html,
        moment=timezone.make_aware(datetime.combine(today, time())),
        identifier=hashlib.sha256(html.encode()).hexdigest()[:32],
    )
