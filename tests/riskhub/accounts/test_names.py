import pytest

from riskhub.accounts.names import halves_of, name_key


@pytest.mark.parametrize(
    ("name", "halves"),
    [
        ("王芳 Wang Fang", ("王芳", "wang fang")), ("Wang Fang（王芳）", ("王芳", "wang fang")),
        ("阿依古丽·买买提 Ayi", ("阿依古丽·买买提", "ayi")), ("ＷＡＮＧ王芳", ("王芳", "wang")),
        ("王芳", ()), ("Wang Fang", ()), ("", ()), ("王芳（）", ()),
    ],
)  # fmt: skip
def test_a_name_has_two_halves_or_none(name, halves):
    assert halves_of(name) == halves


def test_the_same_name_however_it_is_spaced():
    assert name_key(" Wang\u3000 FANG ") == name_key("wang fang") == "wang fang"
