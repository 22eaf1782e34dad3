import pytest
from django.urls import reverse
from django.utils import timezone

URL = "/notices/"


@pytest.fixture(autouse=True)
def _english(risk_manager, outsider):
    for user in (risk_manager, outsider):
        user.locale = "en"
        user.save(update_fields=["locale"])


def test_mine_newest_first_in_my_language(sign_in, risk_manager, approver, notice):
    notice(risk_manager, "a")
    notice(risk_manager, "b", params={"period": "2026Q4"})
    notice(approver, "c", params={"period": "2020Q1"})
    page = sign_in(risk_manager).get(URL)
    titles = [row.title for row in page.context["page"]]
    assert titles == ["The report 2026Q4 is ready", "The report 2026Q3 is ready"]
    assert "2020Q1" not in page.content.decode()


def test_unread_ones_can_be_kept_alone(sign_in, risk_manager, notice):
    notice(risk_manager, "read", read_at=timezone.now())
    unread = notice(risk_manager, "unread")
    page = sign_in(risk_manager).get(URL, {"unread": "1"})
    assert list(page.context["page"]) == [unread]
    assert page.context["unread"] == 1


def test_the_bell_counts_what_is_unread(sign_in, risk_manager, notice):
    notice(risk_manager, "a")
    notice(risk_manager, "b")
    notice(risk_manager, "c", read_at=timezone.now())
    assert 'aria-label="Notices, 2 unread"' in sign_in(risk_manager).get(URL).content.decode()


def test_who_was_told_nothing_is_told_so(sign_in, outsider):
    page = sign_in(outsider).get(URL)
    assert "Nothing yet" in page.content.decode()
    assert 'aria-label="Notices"' in page.content.decode()


def test_having_read_everything_is_an_answer(sign_in, outsider):
    page = sign_in(outsider).get(URL, {"unread": "1"}).content.decode()
    assert "You have read everything" in page


def test_nobody_signed_in_goes_to_the_sign_in_page(sign_in):
    assert sign_in().get(URL).headers["Location"] == f"{reverse('account_login')}?next={URL}"


def test_posting_is_refused(sign_in, outsider):
    assert sign_in(outsider).post(URL).status_code == 405


def test_the_part_alone(sign_in, risk_manager, notice):
    notice(risk_manager)
    headers = {"HX-Request": "true", "HX-Target": "notice-rows"}
    page = sign_in(risk_manager).get(URL, headers=headers).content.decode()
    assert page.strip().startswith('<section class="rh-card" id="notice-rows"')
    assert "<h1>" not in page


def test_the_same_number_of_queries_for_one_and_for_three(sign_in, risk_manager, notice, queries):
    notice(risk_manager, "1")
    one = queries(sign_in(risk_manager), URL)
    notice(risk_manager, "2")
    notice(risk_manager, "3")
    assert queries(sign_in(risk_manager), URL) == one
