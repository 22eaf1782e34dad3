"""What somebody finds is what they may see, best first; pages by their names in both languages."""

import pytest
from django.utils.translation import override

from registers.services import close_risk
from riskhub.search import finding
from riskhub.search.finding import cleaned, find
from tests.builders import make_risk


def codes(user, text, key="risks", most=6):
    return [hit.code for group in find(user, text, most) if group.key == key for hit in group.hits]


def pages(user, text):
    return {hit.url for group in find(user, text, 99) if group.key == "pages" for hit in group.hits}


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("  Ｒ００２  ", "R002"),
        ("a\0b", "ab"),
        ("漏　水\n", "漏 水"),
        ("字" * 300, "字" * 200),
        ("", ""),
    ],
)
def test_what_is_typed_is_looked_for_in_one_spelling(typed, text):
    assert cleaned(typed) == text


class TestMany:
    @pytest.fixture
    def risks(self, register, risk_manager):
        return [make_risk(register, by=risk_manager, title=f"漏水 {n}") for n in range(5)]

    def test_no_more_than_asked_for_and_it_says_that_there_are_more(self, risks, risk_manager):
        for most, is_more in ((3, True), (5, False)):
            group = next(g for g in find(risk_manager, "漏水", most) if g.key == "risks")
            assert (len(group.hits), group.is_more) == (min(most, 5), is_more)
            assert group.url == "/risks/?q=%E6%BC%8F%E6%B0%B4"

    def test_the_best_of_the_first_so_many(self, risks, risk_manager, monkeypatch):
        monkeypatch.setattr(finding, "CANDIDATES", 2)
        assert codes(risk_manager, "漏水") == ["R001", "R002"]

    def test_the_next_best_only_while_there_is_room(self, risks, risk_manager, queries_of):
        close_risk(risks[0], by=risk_manager, reason="停")
        assert codes(risk_manager, "漏水") == ["R002", "R003", "R004", "R005", "R001"]
        many = queries_of(lambda: find(risk_manager, "漏水", 6))
        few = queries_of(lambda: find(risk_manager, "漏水", 2))
        assert many - few == 1

    def test_a_row_is_found_once(self, risks, risk_manager):
        assert codes(risk_manager, "R003") == ["R003"]

    def test_the_same_number_of_queries_for_one_hit_and_for_three(
        self, risks, risk_manager, queries_of
    ):
        find(risk_manager, "", 20)  # roles are read once per request
        one = queries_of(lambda: find(risk_manager, "漏水 3", 20))
        assert codes(risk_manager, "漏水 3") == ["R004"]
        assert queries_of(lambda: find(risk_manager, "漏水", 20)) == one


class TestPages:
    def test_a_page_is_found_in_the_language_in_which_it_is_typed(self, risk_manager):
        for language in ("zh-hans", "en"):
            with override(language):
                for words in ("heat map", "MAP", "热力图"):
                    assert "/matrix/" in pages(risk_manager, words)

    @pytest.mark.parametrize("typed", ["policy", "Policies", "polici", "clause", "保险单"])
    def test_one_of_what_the_page_is_about_finds_it(self, risk_manager, typed):
        assert "/transfers/" in pages(risk_manager, typed)

    def test_it_is_called_by_its_name_in_the_language_of_the_page(self, risk_manager):
        with override("en"):
            (group,) = find(risk_manager, "热力图", 6)
        assert [(hit.name, list(map(str, hit.meta))) for hit in group.hits] == [
            ("Heat map", ["Register"])
        ]

    def test_only_what_one_may_open(self, staff_cleaning, auditor, outsider):
        assert "/oversight/work/" in pages(auditor, "background")
        assert pages(staff_cleaning, "background") == set()
        assert pages(outsider, "audit") == set()

    def test_the_pages_of_the_settings(self, admin, staff_cleaning):
        for words in ("people", "人员"):
            assert "/settings/people/" in pages(admin, words)
            assert "/settings/people/" not in pages(staff_cleaning, words)

    def test_with_nothing_typed_the_pages_alone(self, risk_manager, register):
        make_risk(register, by=risk_manager)
        groups = find(risk_manager, "", 6)
        assert [(group.key, len(group.hits)) for group in groups] == [("pages", 6)]

    def test_a_page_that_stands_in_no_menu(self, risk_manager, staff_cleaning):
        assert "/risks/new/" in pages(risk_manager, "add risk")
        assert pages(staff_cleaning, "add risk") == set()

    def test_a_page_in_two_places_is_found_once(self, risk_manager):
        group = find(risk_manager, "首页", 6)[-1]
        assert [hit.url for hit in group.hits] == ["/"]
