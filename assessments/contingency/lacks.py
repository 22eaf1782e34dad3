"""What a card lacks that no database can tell: that it has one page, and that somebody can be called."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from assessments.contingency.card import card_with
from assessments.contingency.room import Room, room_of
from assessments.models import ContingencyVersion


def too_long_for_a_page(version: ContingencyVersion) -> list[str]:
    """What to shorten, in the first language in which it does not fit; none where it does in each."""
    card = card_with(version.plan, version)
    for code, _words in settings.LANGUAGES:
        with override(code):
            room = room_of(card)
        if room.too_long:
            return [_shorten(room, code)]
    return []


def advised_for(version: ContingencyVersion) -> list[str]:
    """What it may come in force without, and better has: a sentence each."""
    found = []
    if not version.contacts and not any(step.phone for step in version.steps.all()):
        found.append(_("No phone number stands on the card: name contacts, or a phone at a step."))
    if not (version.deputy_id or version.deputy_department_id):
        found.append(_("Nobody stands in for who is responsible: name a deputy."))
    return found


def _shorten(room: Room, code: str) -> str:
    what = {
        "steps": _("The steps take most of it."),
        "triggers": _("The triggers take most of it."),
        "contacts": _("The contacts take most of it."),
    }[room.longest]
    words = ngettext(
        "A card has one page. In %(language)s it is %(count)d line too long, even in the smallest type: "
        "shorten it or take something out. %(what)s",
        "A card has one page. In %(language)s it is %(count)d lines too long, even in the smallest type: "
        "shorten it or take something out. %(what)s",
        room.too_long,
    )
    language = _("Chinese") if code == "zh-hans" else _("English")
    return words % {"language": language, "count": room.too_long, "what": what}
