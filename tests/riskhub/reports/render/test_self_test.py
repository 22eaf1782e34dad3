import json
from datetime import timedelta

import pytest
from django.utils import timezone

from riskhub.reports.render import self_test
from riskhub.reports.render.process import Rendered, RenderError
from riskhub.reports.render.self_test import pdf_self_test


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "var"
    return settings.DATA_DIR


@pytest.fixture
def renders(monkeypatch):
    """Counts the renders; `result` is what each gives back or raises."""

    class Renders:
        count = 0
        result = Rendered(1, 1, "", 0.1, ())

        def __call__(self, _job, _out):
            self.count += 1
            if isinstance(self.result, Exception):
                raise self.result
            return self.result

    fake = Renders()
    monkeypatch.setattr(self_test, "render_pdf", fake)
    return fake


def test_a_real_render_passes_here():
    result = pdf_self_test()
    assert (result.is_ok, result.detail) == (True, "")


def test_the_result_is_kept_for_a_day(renders, time_machine, folder):
    start = timezone.now()
    for hours, expected in ((0, 1), (1, 1), (23, 1), (25, 2)):
        time_machine.move_to(start + timedelta(hours=hours), tick=False)
        assert pdf_self_test().is_ok
        assert renders.count == expected
    assert json.loads((folder / "pdf_self_test.json").read_text())["is_ok"] is True


def test_a_failure_is_tried_again_after_five_minutes(renders, time_machine):
    start = timezone.now()
    time_machine.move_to(start, tick=False)
    renders.result = RenderError("The text engine crashed: no usable font, or a broken library.")
    assert pdf_self_test().detail.startswith("The text engine crashed")
    time_machine.move_to(start + timedelta(minutes=4), tick=False)
    assert not pdf_self_test().is_ok
    assert renders.count == 1
    time_machine.move_to(start + timedelta(minutes=6), tick=False)
    renders.result = Rendered(1, 1, "", 0.1, ())
    assert pdf_self_test().is_ok


def test_a_missing_chinese_font_is_named(renders):
    renders.result = Rendered(1, 1, "", 0.1, (".notdef glyph rendered for Unicode string",))
    assert pdf_self_test().detail == "No font with Chinese characters: install fonts-noto-cjk."


def test_fresh_asks_again_and_a_damaged_file_is_ignored(renders, folder):
    pdf_self_test()
    pdf_self_test(is_fresh=True)
    assert renders.count == 2
    (folder / "pdf_self_test.json").write_text("{")
    pdf_self_test()
    assert renders.count == 3


def test_a_folder_that_cannot_be_written_is_no_failure(renders, settings, tmp_path):
    settings.DATA_DIR = tmp_path / "file" / "under"
    (tmp_path / "file").write_text("")
    assert pdf_self_test().is_ok
