"""Whom a text mentions: `@` and a user name, a displayed name, or either half of “陈静 Chen Jing”."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from riskhub.accounts.models import User

# Not inside an address for mail; typed in Chinese it is the wide one.
_AT = re.compile(r"(?<![A-Za-z0-9._%+\-@＠])[@＠](?=\S)")
_HALVES = re.compile(r"\A([\u3400-\u9fff·]{2,})\s+(\S.*)\Z")
_WORD = re.compile(r"[\w.\-]{1,30}")
_GOES_ON = re.compile(r"[A-Za-z0-9_\-]|\.[A-Za-z0-9]")
_SHORTEST = 2


@dataclass
class Mentions:
    """`people` in the order of the text, each once; `unknown` and `doubtful` are words behind an @."""

    people: list[User] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    doubtful: dict[str, list[User]] = field(default_factory=dict)


def has_mentions(text: str) -> bool:
    return _AT.search(text) is not None


def spellings(user: User) -> list[str]:
    """How the person may be written, lower case."""
    shown = " ".join(user.display_name.split())
    halves = _HALVES.match(shown)
    names = (user.username, shown, *(halves.groups() if halves else ()))
    return list(dict.fromkeys(name.lower() for name in names if len(name) >= _SHORTEST))


def find_mentions(text: str, people: Iterable[User]) -> Mentions:
    """The longest name that stands behind each @; what begins with a digit is no name."""
    known: dict[str, list[User]] = {}
    for user in people:
        for name in spellings(user):
            known.setdefault(name, []).append(user)
    found = Mentions()
    for rest in _after_at(text):
        longest = _longest(rest, known)
        bearers = known[longest] if longest else []
        if not bearers:
            word = _WORD.match(rest)
            if word and not word[0][0].isdecimal():
                found.unknown.append(word[0])
        elif len(bearers) > 1:
            found.doubtful[rest[: len(longest or "")]] = bearers
        elif bearers[0] not in found.people:
            found.people.append(bearers[0])
    return found


def marked(text: str, people: Iterable[User]) -> Iterator[tuple[str, bool]]:
    """The text in pieces, each with whether it is a mention of one of these."""
    known = {name for user in people for name in spellings(user)}
    end = 0
    for at in _AT.finditer(text):
        name = _longest(text[at.end() :], known)
        if name is None or at.start() < end:
            continue
        yield text[end : at.start()], False
        end = at.end() + len(name)
        yield text[at.start() : end], True
    yield text[end:], False


def _after_at(text: str) -> Iterator[str]:
    return (text[at.end() :] for at in _AT.finditer(text))


def _longest(rest: str, known: Iterable[str]) -> str | None:
    lowered = rest.lower()
    fitting = (name for name in known if lowered.startswith(name) and _ends(name, lowered))
    return max(fitting, key=len, default=None)


def _ends(name: str, text: str) -> bool:
    """Latin letters that go on are another name; Chinese text has no blanks."""
    return not name[-1].isascii() or not _GOES_ON.match(text, len(name))
