import pytest

from riskhub.personal.sealing import (
    Unreadable,
    _kept,
    finding_hash,
    is_newest,
    personal_keys,
    seal,
    unseal,
)

OLD, NEW = "o" * 40, "n" * 40


@pytest.fixture(autouse=True)
def keys(settings):
    settings.PERSONAL_KEYS = [OLD]
    return settings


@pytest.mark.parametrize("text", ["13812345678", "陈静", "a", "x" * 4000, "\U0001f600"])
def test_what_is_sealed_is_opened_again_and_cannot_be_read(text):
    token = seal(text)
    assert unseal(token) == text
    assert text not in token or len(text) == 1


def test_equal_texts_cannot_be_told_from_each_other():
    assert seal("13812345678") != seal("13812345678")


def test_a_new_key_seals_and_the_old_one_still_opens(keys):
    token = seal("陈静")
    keys.PERSONAL_KEYS = [NEW, OLD]
    assert (unseal(token), is_newest(token)) == ("陈静", False)
    assert is_newest(seal("陈静"))
    keys.PERSONAL_KEYS = [NEW]
    with pytest.raises(Unreadable):
        unseal(token)


@pytest.mark.parametrize("token", ["", "x", "陈静"])
def test_what_is_no_token_is_unreadable(token):
    with pytest.raises(Unreadable):
        unseal(token)


def test_it_is_found_by_a_hash_that_only_the_key_makes(keys):
    found = finding_hash("13812345678")
    assert found == finding_hash("13812345678")
    assert (len(found), found != finding_hash("13812345679")) == (64, True)
    keys.PERSONAL_KEYS = [NEW, OLD]
    assert finding_hash("13812345678") != found


def test_without_keys_in_the_environment_the_data_folder_keeps_one(keys, tmp_path):
    keys.PERSONAL_KEYS, keys.DATA_DIR = [], tmp_path
    _kept.cache_clear()
    token = seal("陈静")
    (kept,) = personal_keys()
    assert kept == (tmp_path / "personal_key").read_text().strip()
    _kept.cache_clear()
    assert unseal(token) == "陈静"
    _kept.cache_clear()
