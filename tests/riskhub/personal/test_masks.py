import pytest

from riskhub.personal.masks import masked_email, masked_name, masked_phone, masked_text
from riskhub.personal.reached import plain_email, plain_phone


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("13812345678", "138****5678"),
        ("+86 138-1234-5678", "138****5678"),
        ("010 6655 4433", "010****4433"),
        ("66554433", "*******4433"),
        ("120", "***20"),
        ("", ""),
        ("-", ""),
    ],
)
def test_of_a_telephone_number_the_end_is_shown(phone, masked):
    assert masked_phone(phone) == masked


def test_of_a_name_and_an_address_the_beginning_is_shown():
    assert (masked_name("陈静"), masked_name("")) == ("陈**", "")
    assert masked_email("chen@example.com") == "c***@example.com"
    assert (masked_email("chen"), masked_email("")) == ("***", "")
    assert (masked_text("朝阳区建国路 1 号"), masked_text("")) == ("朝阳***", "")


@pytest.mark.parametrize(
    "written",
    [
        "13812345678",
        "+86 138 1234 5678",
        "0086-138-1234-5678",
        "１３８１２３４５６７８",
        "86 13812345678",
    ],
)
def test_one_number_however_it_is_written(written):
    assert plain_phone(written) == "13812345678"


def test_other_numbers_keep_their_digits():
    assert plain_phone("010-6655 4433") == "01066554433"
    assert plain_phone("86 6655 4433") == "8666554433"
    assert plain_email(" Chen@Example.COM ") == "chen@example.com"
