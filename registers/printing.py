"""The register on paper: the list as it is filtered, with what the guide asks of it, as a PDF."""

import hashlib
import tempfile
from collections.abc import Iterable, Mapping
from datetime import datetime, time
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils import formats, timezone

from riskhub.accounts.bilingual import is_english
from riskhub.company.preferences import company_name
from riskhub.reports.render.job import Job
from riskhub.reports.render.process import render_pdf

PRINTED_ROWS = 500
"""So many are laid out while somebody waits; the report of the quarter prints the whole register."""
GLYPHS = "○◐●▲"
_TEMPLATE = "reports/register/register.html"


def printed(rows: Iterable[Mapping[str, Any]], *, title: str) -> bytes:
    """Equal rows on one day give equal bytes."""
    today = timezone.localdate()
    shown = [{**row, "glyph": _glyph(row)} for row in rows]
    html = render_to_string(
        _TEMPLATE,
        {
            "rows": shown,
            "title": title,
            "company": company_name(),
            "day": formats.date_format(today, "j M Y" if is_english() else "DATE_FORMAT"),
            "lang": "en" if is_english() else "zh-Hans",
            "is_one_register": len({row["register"] for row in shown}) <= 1,
        },
    )
    job = Job(
        html=html,
        moment=timezone.make_aware(datetime.combine(today, time())),
        identifier=hashlib.sha256(html.encode()).hexdigest()[:32],
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.pdf"
        render_pdf(job, path)
        return path.read_bytes()


def _glyph(row: Mapping[str, Any]) -> str:
    """Level without colour: as the charts draw it."""
    rank = row.get("residual_level_rank")
    return "" if rank is None else GLYPHS[rank]
