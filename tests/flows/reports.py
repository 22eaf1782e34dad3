"""The report from the page, and what is in the PDF that comes down."""

import re

import pypdfium2

from tests.flows.risks import open_area


def make_report(page, say, quarter):
    """Asked for on the page, made by the worker; the page shows by itself that it is ready."""
    open_area(page, say, "Reports", "Report library")
    page.locator("[name=quarter]").select_option(str(quarter))
    page.locator("select[name=language]").select_option(say.locale)
    page.get_by_role("button", name=say("Make the report")).click()
    page.wait_for_url(re.compile(r"/reports/\d+/$"))
    page.get_by_role("link", name=say("Download the PDF")).wait_for(timeout=60_000)


def download_report(page, say, folder):
    """The newest in the library."""
    open_area(page, say, "Reports", "Report library")
    with page.expect_download() as coming:
        page.locator("a[download]").first.click()
    path = folder / coming.value.suggested_filename
    coming.value.save_as(path)
    return path


def text_of(path):
    """All pages as one line: a name that was broken into lines is whole again."""
    document = pypdfium2.PdfDocument(path)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    return re.sub(r"[\r\n]+", "\n", "\n".join(pages))
