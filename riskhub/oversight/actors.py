"""Who did it, in words: a person, the product itself, or somebody past the product in the database."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

SYSTEM = "system"
NOBODY = "nobody"
_ROLE = "database role "


def actor_words(name: str) -> str:
    """Of the name that the event keeps."""
    if name == SYSTEM:
        return _("System")
    if name == NOBODY:
        return _("Without a name")
    if name.startswith(_ROLE):
        return _("Database role %(role)s, past the product") % {"role": name.removeprefix(_ROLE)}
    return name


def names_holding(text: str) -> list[str]:
    """Of those that are said in words: the kept names that the typed text means."""
    known = {SYSTEM: _("System"), NOBODY: _("Without a name")}
    return [name for name, words in known.items() if text.casefold() in words.casefold()]


def in_a_row(names: list[str]) -> str:
    return pgettext("between names", ", ").join(names)
