from datetime import date

import pypdfium2
import pytest
from django.utils import translation

from registers import printing

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("locale", "day"), [("zh-hans", "2026年11月22日"), ("en", "22 Nov 2026")])
def test_the_day_stands_on_paper_as_on_the_pages(monkeypatch, locale, day):
    monkeypatch.setattr(printing.timezone, "localdate", lambda: date(2026, 11, 22))
    with translation.override(locale):
        page = pypdfium2.PdfDocument(printing.printed([], title="-"))[0]
    words = page.get_textpage().get_text_bounded()
    assert words.count(day) == 2  # in the running head and under the title
