"""The card on paper: one sheet of A4; where it says too much for that, the pages say so."""

import hashlib
import tempfile
from datetime import datetime, time
from pathlib import Path

from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from assessments.contingency.card import Card
from assessments.contingency.room import SIZES, size_of
from riskhub.accounts.bilingual import is_english
from riskhub.company.preferences import company_name
from riskhub.reports.render.job import Job
from riskhub.reports.render.process import render_pdf

_ON_PAGES = 10.5
"""Where the smallest one does not do: its pages are numbered, and the first one says so."""
_KEPT = 24 * 60 * 60
"""Seconds; it bears its day."""
_TEMPLATE = "reports/contingency/card.html"


def printed_card(card: Card, *, address: str, drawing: SafeString) -> bytes:
    """Equal cards on one day give equal bytes, and are drawn once."""
    found = size_of(card)
    jobs = [_job(card, address, drawing, size) for size in SIZES if found and size <= found]
    jobs.append(_job(card, address, drawing, _ON_PAGES, is_long=True))
    key = f"contingency-card-{jobs[0].identifier}"
    content: bytes | None = cache.get(key)
    if content is None:
        content = _drawn(jobs)
        cache.set(key, content, _KEPT)
    return content


def _drawn(jobs: list[Job]) -> bytes:
    """The first that has one page; the last whatever it has. One that was measured right is the first."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "card.pdf"
        for job in jobs:
            if render_pdf(job, path).pages == 1:
                break
        return path.read_bytes()


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
