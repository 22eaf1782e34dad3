from django.utils.translation import gettext_noop as _

from incidents.records.reading import Record
from riskhub.entry.texts import LONGEST

_LONG = _("%(field)s and text together have more than %(most)s characters. Shorten them.")


def text_with_subject(record: Record) -> str:
    """The subject above the text, unless the text begins with it."""
    text, subject = record.prose("text", LONGEST), record.line("subject", 300)
    whole = text if not subject or text.startswith(subject) else f"{subject}\n{text}"
    if len(whole) > LONGEST >= len(text):
        record.refuse(_LONG, "subject", most=LONGEST)
    return whole
