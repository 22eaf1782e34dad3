"""What a customer told, as they read it again, and what they are promised."""

from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from incidents.choices import Trouble, Wish
from incidents.complaints.contact import Contact
from incidents.models import Complaint
from registers.models import ServiceLine
from riskhub.accounts.bilingual import Named
from riskhub.entry.day_words import moment
from riskhub.personal.reached import plain_phone


class Answer(NamedTuple):
    step: str
    question: str
    words: str


def answers_of(facts: dict[str, Any]) -> list[Answer]:
    """One line for each question, also for what was left out."""
    line = ServiceLine.objects.filter(pk=facts["service_line"]).first()
    both = pgettext("between names", ", ").join
    troubles = both(str(Trouble(one).label) for one in facts["troubles"])
    order = [facts["order_ref"], line.name if line else ""]
    wish = [str(Wish(facts["wish"]).label) if facts["wish"] else "", facts["wish_text"]]
    nobody = _("not at all: you look by yourself")
    reached = [facts["name"], plain_phone(facts["phone"]), facts["email"]]
    return [
        Answer("what", _("What happened"), facts["text"]),
        Answer("what", _("What you ticked"), troubles or _("nothing")),
        Answer("order", pgettext("of a customer", "Order"), both(filter(None, order))),
        Answer("wish", _("What we should do"), both(filter(None, wish))),
        Answer("contact", _("How we reach you"), both(filter(None, reached)) or nobody),
    ]


def called_by(complaint: Complaint) -> str:
    """The moment by which somebody gets in touch, in the words of the reader's language."""
    return moment(complaint.first_contact_due)


def facts_of(complaint: Complaint) -> list[tuple[str, str]]:
    """What is known about it besides its words, name by name; what nobody said is left out."""
    wish = [complaint.get_wish_display() if complaint.wish else "", complaint.wish_text]
    both = pgettext("between names", ", ").join
    found = [
        (_("Severity"), str(complaint.severity)),
        (_("Category"), _named(complaint.category)),
        (_("What they ticked"), both(str(Trouble(one).label) for one in complaint.troubles)),
        (_("What they ask for"), both(filter(None, wish))),
        (pgettext("of a customer", "Order"), complaint.order_ref),
        (_("Service line"), _named(complaint.service_line)),
        (_("Department"), _named(complaint.department)),
        (_("Channel"), complaint.get_channel_display()),
        (_("Received at"), moment(complaint.received_at)),
        (_("Handled by"), str(complaint.handler or "")),
    ]
    return [(name, words) for name, words in found if words]


def kept_for(days: int) -> str:
    """“2 years” where it is whole years, else the days."""
    years, rest = divmod(days, 365)
    if years and not rest:
        return ngettext("%(count)d year", "%(count)d years", years) % {"count": years}
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}


class Reach(NamedTuple):
    kind: str
    name: str
    words: str


def reached_by(contact: Contact) -> list[Reach]:
    """One line for each way; empty for whoever left nothing."""
    found = [
        Reach("name", pgettext("of a person", "Name"), contact.name),
        Reach("phone", _("Telephone"), contact.phone),
        Reach("email", _("Mail address"), contact.email),
        Reach("address", _("Address"), contact.address),
    ]
    return [reach for reach in found if reach.words]


def _named(row: Named | None) -> str:
    return row.name if row else ""
