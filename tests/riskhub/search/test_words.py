"""Words typed into a filter."""

import pytest

from riskhub.accounts.models import User
from riskhub.search.words import each_word_in
from tests.cast import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def people():
    make_user("ying.zhao", "赵颖 东区")
    make_user("ying.qian", "钱颖 西区")


def found(text):
    wanted = each_word_in(text, "display_name", "username")
    return set(
        User.objects.filter(wanted, username__startswith="ying.").values_list("username", flat=True)
    )


def test_each_word_stands_in_any_of_the_columns():
    assert found("东区 YING.z") == {"ying.zhao"}


def test_every_word_has_to_be_found():
    assert found("颖 南区") == set()


def test_no_word_asks_for_nothing():
    assert found("  ") == {"ying.zhao", "ying.qian"}
