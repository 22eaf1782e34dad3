import pytest
from django.utils import translation

from riskhub.accounts.bilingual import in_language, is_english, languages_read


@pytest.mark.parametrize(
    ("language", "english", "keys", "text"),
    [
        ("en", True, ("en", "zh"), "Complaint"),
        ("zh-hans", False, ("zh", "en"), "投诉"),
        (None, False, ("zh", "en"), "投诉"),
    ],
)
def test_what_is_read(language, english, keys, text):
    with translation.override(language):
        assert is_english() is english
        assert languages_read() == keys
        assert in_language("投诉", "Complaint") == text


def test_what_is_missing_is_read_in_the_other_language():
    with translation.override("en"):
        assert in_language("投诉", "") == "投诉"
    with translation.override("zh-hans"):
        assert in_language("", "Complaint") == "Complaint"
