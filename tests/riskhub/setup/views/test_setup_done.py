"""The register stands: print it, begin with the first five."""

from registers.models import LibraryRisk
from riskhub.setup.services import set_up_library
from riskhub.setup.steps import Progress

URL = "/setup/done/"


def test_what_comes_first(as_founder, founder, ops):
    entries = LibraryRisk.objects.all()[:7]
    set_up_library(by=founder, register=None, entries=entries, code="SVC", name_zh="表",
                   department=ops)  # fmt: skip
    page = as_founder.get(URL)
    found = page.context["found"]
    assert (found.count, found.unrated, len(found.risks)) == (7, 7, 5)
    assert 'href="/risks/export/?register=SVC&amp;format=pdf"' in page.content.decode()
    assert "/risks/R001/" in page.content.decode()


def test_still_empty(as_founder):
    assert "登记表还是空的" in as_founder.get(URL).content.decode()


def test_finished(as_founder):
    assert as_founder.post(URL)["Location"] == "/risks/"
    assert Progress.stored().is_over
