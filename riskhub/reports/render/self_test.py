"""Can this machine make a PDF with Chinese in it? Asked by /readyz and answered from a file."""

import json
import tempfile
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from riskhub.reports.render.job import Job, Limits
from riskhub.reports.render.process import RenderError, render_pdf

GOOD_FOR = 24 * 60 * 60
BAD_FOR = 5 * 60
HTML = (
    '<html lang="zh-Hans"><head><title>自检</title></head><body>'
    "<p style=\"font-family: 'Noto Sans CJK SC', sans-serif\">风险登记表 Risk register ○◐●▲</p>"
    "</body></html>"
)


@dataclass(frozen=True, slots=True)
class SelfTest:
    """`detail` says what is wrong, in English, or is empty."""

    is_ok: bool
    detail: str
    checked_at: float


def pdf_self_test(*, is_fresh: bool = False) -> SelfTest:
    """Return the last result, or render one line now when it is too old or `is_fresh` asks."""
    known = None if is_fresh else _stored()
    if known and time.time() - known.checked_at < (GOOD_FOR if known.is_ok else BAD_FOR):
        return known
    detail = _fault()
    result = SelfTest(is_ok=not detail, detail=detail, checked_at=time.time())
    _store(result)
    return result


def _fault() -> str:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    job = Job(HTML, moment, "self-test", limits=Limits(cpu_seconds=30, wall_seconds=60))
    with tempfile.TemporaryDirectory() as folder:
        try:
            rendered = render_pdf(job, Path(folder) / "self-test.pdf")
        except (RenderError, OSError) as error:
            return str(error)
    if any(".notdef" in warning for warning in rendered.warnings):
        return "No font with Chinese characters: install fonts-noto-cjk."
    return ""


def _path() -> Path:
    return Path(settings.DATA_DIR) / "pdf_self_test.json"


def _stored() -> SelfTest | None:
    try:
        return SelfTest(**json.loads(_path().read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _store(result: SelfTest) -> None:
    """Without a place to write, every question is answered afresh."""
    try:
        _path().parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=_path().parent, delete=False) as file:
            json.dump(asdict(result), file)
        Path(file.name).replace(_path())
    except OSError:
        return
