"""What a column becomes is read whole, however long its name and first values are."""

import pytest

from riskhub.accounts.models import User
from tests.assessments.browser.choices import cut_choices
from tests.assessments.uploads import uploaded
from tests.assessments.wizard import page_of
from tests.riskhub.web.browser import shot

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = "A description that goes on for as long as descriptions in registers do and then some more"
ROWS = [
    ["Risk", "Likelihood of the risk occurring",
     "Impact if the risk occurs", "Residual likelihood", "Residual impact", "Consequence in words",
     "Mitigation that is in place already at this time"],
    *([f"{n} {LONG}", 4, 5, 2, 5, f"{n} and {LONG}", f"{n} or {LONG}"] for n in range(3)),
]  # fmt: skip


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
@pytest.mark.parametrize("locale", ["en", "zh-hans"])
def test_the_words_of_each_choice_fit(locale, phone, register, risk_manager, window):
    User.objects.update(locale=locale)
    run = uploaded(ROWS, by=risk_manager)
    with window(User.objects.get(pk=risk_manager.pk), phone=phone) as page:
        page.goto(page_of(run))
        shot(page, f"import-columns-{locale}-{'phone' if phone else 'desktop'}")
        assert page.locator("select[name^=column_]").count() == 7
        assert cut_choices(page, "select[name^=column_]") == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
