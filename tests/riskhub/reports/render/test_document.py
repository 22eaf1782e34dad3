"""The one call site of WeasyPrint, in this process: what the file is, not how it is started."""

import gc
import re
import warnings
import zlib
from datetime import UTC, datetime
from types import SimpleNamespace

import pypdfium2
import pytest

from riskhub.local.native import preload
from riskhub.reports.render.job import Attachment, Job, load_job, load_result, pdf_path

HTML = (
    '<html lang="en"><head><title>Report</title></head><body><h1>One</h1>'
    "<table><thead><tr><th scope=col>Code</th></tr></thead><tr><td>R001</td></tr></table>"
    '<ul><li>风险</li></ul><h1>Two</h1><img alt="" src="file:///etc/passwd"></body></html>'
)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    preload()
    from riskhub.reports.render.document import write_document  # noqa: PLC0415 - heavy

    folder = tmp_path_factory.mktemp("job")
    files = tuple(Attachment(f"{n}.txt", "File", "x" * n) for n in range(1, 40))
    job = Job(HTML, datetime(2026, 10, 8, tzinfo=UTC), "a" * 32, files)
    job.save(folder)
    assert load_job(folder) == job
    with warnings.catch_warnings():  # WeasyPrint leaves its colour profile to the collector
        warnings.simplefilter("ignore", ResourceWarning)
        result = write_document(job, folder)
        gc.collect()
    result.save(folder)
    assert load_result(folder) == result
    return result, pdf_path(folder).read_bytes()


def test_the_file_claims_both_standards(made):
    result, content = made
    assert result.pages == 1
    assert [warning.rsplit(": ", 1)[-1] for warning in result.warnings] == ["file:///etc/passwd"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in content
    assert re.search(rb"pdfaid:part[^>]*>\s*3|pdfaid:part=\"3\"", content)
    assert re.search(rb"pdfaid:conformance[^>]*>\s*A|pdfaid:conformance=\"A\"", content)


def test_no_stream_ends_in_a_way_that_readers_take_for_a_wrong_length(made):
    _, content = made
    assert b"\r\nendstream" not in content


def test_compressed_data_ending_in_a_carriage_return_are_left_plain():
    from riskhub.reports.render.document import LEVEL, _compress  # noqa: PLC0415 - heavy

    texts = (str(number).encode() for number in range(100_000))
    awkward = next(text for text in texts if zlib.compress(text, LEVEL).endswith(b"\r"))
    for text, expected in ((awkward, awkward), (b"1", zlib.compress(b"1", LEVEL))):
        stream = SimpleNamespace(stream=[text], compress=True, extra={})
        _compress(stream)
        assert stream.stream == [expected]
        assert stream.extra == ({} if text == awkward else {"Filter": "/FlateDecode"})


def test_tags_outline_and_files_are_there(made):
    pdf = pypdfium2.PdfDocument(made[1])
    assert [item.get_title() for item in pdf.get_toc()] == ["One", "Two"]
    assert pdf.count_attachments() == 39
    assert bytes(pdf.get_attachment(38).get_data()) == b"x" * len(pdf.get_attachment(38).get_data())
    assert pdf.is_tagged()
