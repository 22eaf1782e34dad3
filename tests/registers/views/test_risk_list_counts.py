"""Every number on the list is that of the rows which pressing it shows, whatever is filtered."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from registers.models import Risk
from registers.services import close_risk
from tests.builders import assess, make_plan, make_risk
from tests.registers.pages import codes_of, links_of, main_of

URL = "/risks/"
FILTERS = [
    "", "?department=OPS", "?department=TECH&category=operational", "?q=触电", "?q=R002", "?q=没有",
    "?level=high", "?level=none", "?level=high&level=none", "?state=all", "?state=closed",
    "?state=identified", "?view=above", "?view=mine&state=all", "?view=above&state=closed",
    "?view=overdue&department=OPS", "?view=no_plan&q=高处", "?kind=inherent&level=high",
    "?kind=inherent&probability=4&impact=4", "?kind=target", "?probability=2", "?owner=risk.manager",
    "?register=SVC&sort=code&page=9", "?register=NOPE", "?view=nope", "?department=OPS&view=nope",
    "?sort=nope",
]  # fmt: skip


@pytest.fixture
def company(register, risk_manager, second_manager, tech, clean):
    """R001 High OPS late, R002 and R004 not rated, R003 Low with a plan, R005 and R006 closed."""
    names = ("高处坠落", "触电", "迟到", "触电两次", "高处作业", "没评估就关闭")
    places = (None, tech, clean, None, None, None)
    risks = [
        make_risk(register, by=risk_manager, title=name, department=place, owner=risk_manager)
        for name, place in zip(names, places, strict=True)
    ]
    for risk in (risks[0], risks[4]):
        assess(risk, (4, 4), (4, 3), by=risk_manager, confirmed_by=second_manager)
    assess(risks[2], (3, 2), (2, 2), by=risk_manager)
    make_plan(risks[2], by=risk_manager)
    for risk in risks[4:]:
        close_risk(risk, by=risk_manager, reason="停办")
    late = timezone.localdate() - timedelta(days=2)
    Risk.objects.filter(number__in=[1, 3, 5]).update(next_review_on=late)
    return risks


@pytest.mark.parametrize("query", FILTERS)
def test_pressing_a_number_shows_as_many(company, manager, query):
    page = manager.get(URL + query)
    assert page.context["page"].count == len(codes_of(page))
    for view in page.context["views"]:
        led = manager.get(URL + view.url)
        assert (view.url, len(codes_of(led))) == (view.url, view.count)
    count, url = page.context["counts"].get("not_rated"), page.context["not_rated_url"]
    if count and url:
        assert len(codes_of(manager.get(URL + url))) == count


def test_what_is_filtered_by_stays_when_the_tab_changes(company, manager):
    page = manager.get(f"{URL}?department=OPS&q=高处&view=above&page=2&sort=code")
    kept = "department=OPS&q=%E9%AB%98%E5%A4%84"
    assert {view.url for view in page.context["views"]} == {
        f"?{kept}&sort=code",
        *(f"?{kept}&view={key}&sort=code" for key in ("above", "mine", "no_plan", "overdue")),
    }


def test_the_views_of_one_department(company, manager):
    """With what belongs to it."""
    page = manager.get(f"{URL}?department=OPS")
    assert [view.count for view in page.context["views"]] == [3, 1, 3, 1, 2]
    assert "1 项未评估" in page.content.decode()


def test_those_not_rated_are_named_only_where_they_can_be_shown_apart(company, manager):
    words = "2 项未评估"
    assert words in manager.get(URL).content.decode()
    assert words not in manager.get(f"{URL}?level=none").content.decode()
    assert "未评估</a>" not in manager.get(f"{URL}?q=R001").content.decode()


CLOSED = "%(code)s is closed."


class TestClosed:
    """What a search would have found among those that are closed is said where it is missed."""

    def test_the_code_of_a_closed_one(self, company, manager):
        page = manager.get(f"{URL}?q=r5")
        assert codes_of(page) == []
        assert gettext(CLOSED) % {"code": "R005"} in main_of(page)
        assert "/risks/R005/" in links_of(page)

    def test_words_of_closed_ones(self, company, manager):
        page = manager.get(f"{URL}?q=高处作业&department=OPS")
        told = ngettext("%(count)s closed risk matches.", "%(count)s closed risks match.", 1)
        assert told % {"count": 1} in main_of(page)
        assert codes_of(manager.get(URL + page.context["hidden"].url)) == ["R005"]
        assert page.context["hidden"].url in links_of(page)

    def test_said_beside_what_is_found_too(self, company, manager):
        Risk.objects.filter(number=1).update(event="见 R005")
        page = manager.get(f"{URL}?q=R005")
        assert codes_of(page) == ["R001"]
        assert gettext(CLOSED) % {"code": "R005"} in main_of(page)

    def test_merged(self, company, manager):
        Risk.objects.filter(number=5).update(state="merged", merged_into=company[0])
        page = manager.get(f"{URL}?q=R005")
        assert gettext("%(code)s was merged into another risk.") % {"code": "R005"} in main_of(page)
        assert "/risks/R005/" in links_of(page)

    @pytest.mark.parametrize(
        "query", ["?q=R005&state=all", "?q=R001", "?q=没有", "?q=R099", "?q=", "?q=R005&level=nope"]
    )
    def test_nothing_to_say(self, company, manager, query):
        assert manager.get(URL + query).context["hidden"] is None

    @pytest.mark.parametrize("query", ["?q=R005", "?q=高处作业", "?q=R005&department=OPS"])
    def test_not_of_another_department(self, company, sign_in, head_repair, query):
        page = sign_in(head_repair).get(URL + query)
        assert (codes_of(page), page.context["hidden"]) == ([], None)
        assert not links_of(page, "/risks/R005")

    def test_at_most_twelve_queries(self, company, manager, queries):
        for query in ("?q=R005", "?q=高处作业"):
            assert queries(manager, URL + query) <= 12
