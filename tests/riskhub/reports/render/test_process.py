"""The child process: the same bytes each time, and nothing it must not have."""

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest

from riskhub.reports.render.job import Attachment, Job, Limits
from riskhub.reports.render.process import RenderError, _why, render_pdf

MOMENT = datetime(2026, 10, 8, 10, tzinfo=UTC)
HTML = '<html lang="zh-Hans"><title>标题</title><body><h1>风险</h1>{}</body></html>'


def job(body="<p>登记表</p>", **fields):
    return Job(HTML.format(body), MOMENT, "a" * 32, **fields)


def text_of(path):
    pdf = pypdfium2.PdfDocument(path)
    return "\n".join(page.get_textpage().get_text_bounded() for page in pdf)


def test_two_renders_more_than_a_second_apart_are_identical(tmp_path):
    files = (Attachment("register.csv", "Register", "\ufeff编号\r\n", "Data"),)
    first = render_pdf(job(attachments=files), tmp_path / "a.pdf")
    time.sleep(1.1)
    second = render_pdf(job(attachments=files), tmp_path / "b.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
    assert first.sha256 == second.sha256
    assert (first.pages, first.warnings) == (1, ())
    assert "登记表" in text_of(tmp_path / "a.pdf")


def test_attachments_are_kept_byte_for_byte(tmp_path):
    content = '{"名":"=1+1\\n"}\r\n'
    render_pdf(job(attachments=(Attachment("s.json", "S", content, "Source"),)), tmp_path / "a.pdf")
    pdf = pypdfium2.PdfDocument(tmp_path / "a.pdf")
    assert pdf.count_attachments() == 1
    attachment = pdf.get_attachment(0)
    assert attachment.get_name() == "s.json"
    assert bytes(attachment.get_data()) == content.encode()


ADDRESSES = """
<img src="file:///etc/passwd">
<img src="http://127.0.0.1:9/x.png">
<link rel="stylesheet" href="file:///etc/hosts">
<style>@import url(http://127.0.0.1:9/x.css);</style>
<svg width="9" height="9"><image href="file:///etc/hostname" width="9" height="9"/></svg>
<img src="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E">
<link rel="attachment" href="file:///etc/passwd">
"""


def test_every_address_is_refused(tmp_path):
    rendered = render_pdf(job(ADDRESSES), tmp_path / "a.pdf")
    refused = sorted(w.rsplit("Refused: ", 1)[1] for w in rendered.warnings if "Refused: " in w)
    assert refused == [
        "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E",
        "file:///etc/hostname",
        "file:///etc/hosts",
        "file:///etc/passwd",
        "http://127.0.0.1:9/x.css",
        "http://127.0.0.1:9/x.png",
    ]
    assert pypdfium2.PdfDocument(tmp_path / "a.pdf").count_attachments() == 0


def test_the_clock_ends_a_render_that_takes_too_long(tmp_path):
    rows = "<tr><td>风险</td></tr>" * 200_000
    with pytest.raises(RenderError, match="No PDF after 1 s"):
        render_pdf(job(f"<table>{rows}</table>", limits=Limits(wall_seconds=1)), tmp_path / "a.pdf")
    assert not (tmp_path / "a.pdf").exists()


def test_the_processor_limit_ends_a_render(tmp_path):
    rows = "<tr><td>风险</td></tr>" * 50_000
    with pytest.raises(RenderError, match="processor limit"):
        render_pdf(job(f"<table>{rows}</table>", limits=Limits(cpu_seconds=1)), tmp_path / "a.pdf")


def test_the_memory_limit_ends_a_render(tmp_path):
    limits = Limits(memory_bytes=120 * 1024 * 1024)
    with pytest.raises(RenderError):
        render_pdf(job(limits=limits), tmp_path / "a.pdf")


def test_the_child_gets_no_secret(tmp_path, monkeypatch):
    seen = []
    popen = subprocess.Popen
    monkeypatch.setenv("SECRET_KEY", "not for the child")

    def spy(*args, **kwargs):
        seen.append(kwargs["env"])
        return popen(*args, **kwargs)

    monkeypatch.setattr(subprocess, "Popen", spy)
    render_pdf(job(), tmp_path / "a.pdf")
    assert not {name for name in seen[0] if "SECRET" in name or "URL" in name}


def test_the_child_dies_with_its_parent(tmp_path):
    """A worker killed by `kill -9` leaves no renderer behind."""
    code = (
        "import sys\nfrom pathlib import Path\n"
        "from datetime import UTC, datetime\n"
        "from riskhub.reports.render.job import Job\n"
        "from riskhub.reports.render.process import render_pdf\n"
        "html = '<table>' + '<tr><td>x</td></tr>' * 300_000 + '</table>'\n"
        "render_pdf(Job(html, datetime.now(UTC), 'x'), Path(sys.argv[1]))\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "a.pdf")])
    children = Path(f"/proc/{parent.pid}/task/{parent.pid}/children")
    child = wait_for(lambda: children.read_text().split())[0]
    wait_for(lambda: "riskhub.reports.render" in command_of(child))
    time.sleep(0.5)
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    assert wait_for(lambda: "riskhub.reports.render" not in command_of(child))


@pytest.mark.parametrize(
    ("code", "stderr", "expected"),
    [
        (-signal.SIGSEGV, "", "The text engine crashed: no usable font, or a broken library."),
        (-signal.SIGXCPU, "", "The processor limit is used up."),
        (-signal.SIGXFSZ, "", "The file grew over its limit."),
        (-signal.SIGKILL, "", "Killed: the processor limit, or the machine has no memory left."),
        (1, "Traceback\nMemoryError\n", "The memory limit is used up."),
        (1, "Traceback\nOSError: no pango\n", "OSError: no pango"),
        (3, "", "The render process ended with code 3."),
    ],
)
def test_every_end_has_its_sentence(code, stderr, expected):
    assert _why(code, stderr) == expected


def wait_for(condition, patience=10):
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(0.05)
    raise AssertionError("It did not happen in time.")


def command_of(pid):
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""
