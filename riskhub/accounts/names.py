"""How people are named where one decides for another."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from riskhub.accounts.models import User


def name_for(person: "User", absent: "User | None") -> str:
    """As in: Wang Fang for Ma Wenbin; the name alone for whoever decides by a right of their own."""
    if absent is None:
        return str(person)
    return _("%(name)s for %(absent)s") % {"name": person, "absent": absent}
