import pytest
from django.utils.translation import override

from assessments.people import names_of
from riskhub.accounts.models import User


def people(*names):
    return [User(display_name=name) for name in names]


@pytest.mark.parametrize(
    ("names", "english", "chinese"),
    [
        ([], "", ""),
        (["陈静"], "陈静", "陈静"),
        (["陈静", "李强"], "陈静 or 李强", "陈静或李强"),
        (["陈静", "李强", "王芳"], "陈静, 李强 or 王芳", "陈静、李强或王芳"),
    ],
)
def test_names_in_both_languages(names, english, chinese):
    with override("en"):
        assert names_of(people(*names)) == english
    with override("zh-hans"):
        assert names_of(people(*names)) == chinese


def test_the_rest_is_a_number():
    with override("en"):
        assert names_of(people("A", "B", "C", "D", "E")) == "A, B or 3 others"
