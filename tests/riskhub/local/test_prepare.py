"""What a start tells those who cannot sign in yet."""

import pytest

from riskhub.local.prepare import FIRST_LINES, FIRST_USER, tell_first_user
from riskhub.setup.first_key import first_path
from tests.cast import make_user


@pytest.mark.django_db
def test_until_there_is_a_first_user(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    tell_first_user()
    told = (tmp_path / FIRST_LINES).read_text()
    assert told == FIRST_USER % f"{{url}}{first_path().lstrip('/')}"
    make_user("first", "First", "admin")
    tell_first_user()
    assert not (tmp_path / FIRST_LINES).exists()
    tell_first_user()
