"""What a group is told: a sentence of its own for each kind, and nothing that somebody typed."""

from django.utils.translation import override

from riskhub.notices.kinds import TITLES
from riskhub.notices.topics import TOPICS
from riskhub.notices.webhooks.headlines import HEADLINES


def test_what_a_group_is_told_holds_nothing_that_was_typed():
    """Params that hold words of somebody: none of them is named in a headline."""
    typed = {"text", "title", "name", "names", "reason", "question", "thing", "file"}
    for kind, words in HEADLINES.items():
        with override("en"):
            assert not [name for name in typed if f"%({name})s" in str(words)], kind


def test_every_kind_of_notice_has_its_sentence_in_both_languages():
    assert HEADLINES.keys() == TITLES.keys()
    assert {kind for topic in TOPICS for kind in topic.kinds} == TITLES.keys()
    facts = Facts(created=2, count=2, days=3, number=4)
    for kind, words in HEADLINES.items():
        said = {}
        for language in ("zh-hans", "en"):
            with override(language):
                said[language] = str(words % facts)
        assert said["en"], kind
        assert said["en"].isascii(), kind
        assert not said["zh-hans"].isascii(), kind


class Facts(dict):
    """Of whatever a sentence asks for."""

    def __missing__(self, name):
        return name.upper()
