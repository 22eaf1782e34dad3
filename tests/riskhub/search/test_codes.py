import pytest
from django.db.models import Q

from riskhub.search.codes import of_code


@pytest.mark.parametrize("text", ["cp12", "CP-12", "Cp 12", " ＣＰ－12 "])
def test_however_it_is_written(text):
    assert of_code(text, "CP") == [Q(number=12), Q(code__startswith="CP-12")]


def test_as_far_as_it_is_typed():
    assert of_code("CP-0", "CP", "plan__") == [
        Q(plan__number=0),
        Q(plan__code__startswith="CP-0"),
    ]


@pytest.mark.parametrize("text", ["", "cp", "cp-", "12", "xcp1", "cp1x", "ch1", "cp1234567890"])
def test_other_words_are_no_code(text):
    assert of_code(text, "CP") == []
