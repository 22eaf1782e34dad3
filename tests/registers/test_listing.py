import pytest
from django.http import QueryDict
from django.utils import translation

from registers.filters import RiskFilter
from registers.listing import address, cell_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("query", "words", "without"),
    [
        ("probability=4&impact=3", "Residual 4,3", ""),
        ("kind=inherent&probability=4&impact=3&level=high", "Inherent 4,3", "?level=high"),
        ("probability=4&sort=code", "Residual, probability 4", "?sort=code"),
        ("kind=target&impact=3", "Target, impact 3", ""),
        ("kind=target", "Target", ""),
    ],
)
def test_the_cell_in_words_and_the_list_without_it(query, words, without, auditor):
    filtered = RiskFilter(QueryDict(query), auditor)
    with translation.override("en"):
        assert cell_of(filtered) == (words, without or "?")


@pytest.mark.parametrize(
    "query", ["", "kind=residual", "level=high", "kind=x", "kind=target&level=low"]
)
def test_no_cell(query, auditor):
    assert cell_of(RiskFilter(QueryDict(query), auditor)) is None


def test_what_goes_without_saying_is_left_out():
    assert address(QueryDict("state=open&page=1&kind=residual&q=&level=high")) == "?level=high"
    assert address(QueryDict("state=all&page=2&kind=target")) == "?state=all&page=2&kind=target"


@pytest.mark.parametrize("query", ["probability=6", "impact=0", "probability=x", "kind=level"])
def test_what_is_no_score_finds_nothing(query, auditor):
    filtered = RiskFilter(QueryDict(query), auditor)
    assert filtered.is_forged
    assert list(filtered.qs) == []
