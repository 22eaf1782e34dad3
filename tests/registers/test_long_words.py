"""A word without an end breaks where it stands, and the page stays as wide as the phone."""

from uuid import uuid4

import pytest

from registers.models import RiskProposal
from registers.services import ask_filer, close_risk, decline_proposal, edit_risk, file_proposal
from riskhub.accounts.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORD = "unbreakable" * 18


@pytest.fixture
def words(risk, risk_manager, staff_cleaning, clean):
    """In a risk, in its history and in filings, one of them asked back and one declined."""
    edit_risk(risk, by=risk_manager, version=1, title=WORD, event=WORD, cause=WORD, lang="en")
    for decide in (ask_filer, decline_proposal):
        filing, _is_new = file_proposal(
            by=staff_cleaning,
            client_uuid=uuid4(),
            text=f"{decide.__name__} {WORD}",
            department=clean,
        )
        said = {"question": WORD} if decide is ask_filer else {"reason": WORD}
        decide(filing, by=risk_manager, **said)
    risk.refresh_from_db()
    close_risk(risk, by=risk_manager, reason=WORD)
    User.objects.update(locale="en")


def too_wide(page, urls):
    found = []
    for url in urls:
        page.goto(url)
        page.wait_for_function("() => !document.querySelector('#risk-trail[data-hx-get]')")
        width = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if width > 0:
            found.append((url, width))
    return found


def test_nothing_is_wider_than_a_phone(words, window, risk_manager, staff_cleaning):
    asked, declined = RiskProposal.objects.order_by("pk")
    with window(User.objects.get(pk=risk_manager.pk), phone=True) as page:
        pages = ["/", "/my/", "/feed/", "/risks/R001/", "/risks/R001/history/", "/risks/?state=all"]
        assert too_wide(page, [*pages, f"/inbox/triage/{asked.pk}/"]) == []
    with window(User.objects.get(pk=staff_cleaning.pk), phone=True) as page:
        receipts = [
            f"/m/filed/{asked.pk}",
            f"/m/filed/{asked.pk}/answer",
            f"/m/filed/{declined.pk}",
        ]
        assert too_wide(page, ["/", "/my/", "/m/mine/", "/notices/", *receipts]) == []
