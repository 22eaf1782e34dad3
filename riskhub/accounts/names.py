"""How people are named: where one decides for another, and where a text names one."""

import re
import unicodedata
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from riskhub.accounts.models import User

_HAN = re.compile(r"[\u3400-\u9fff·]+")
_AROUND = " ()[],，、/-"


def name_key(name: str) -> str:
    """By which the same name is known, however wide its letters and spaces are."""
    return " ".join(unicodedata.normalize("NFKC", name).split()).casefold()


def halves_of(name: str) -> tuple[str, ...]:
    """The Chinese and the other half of “王芳 Wang Fang”, as keys; none where it has but one."""
    key = name_key(name)
    chinese, other = "".join(_HAN.findall(key)), _HAN.sub(" ", key)
    found = chinese, " ".join(other.split()).strip(_AROUND)
    return found if all(found) else ()


def name_for(person: "User", absent: "User | None") -> str:
    """As in: Wang Fang for Ma Wenbin; the name alone for whoever decides by a right of their own."""
    if absent is None:
        return str(person)
    return _("%(name)s for %(absent)s") % {"name": person, "absent": absent}
