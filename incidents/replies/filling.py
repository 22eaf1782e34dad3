"""Reply templates as they are put into the text to a customer: in their language, filled in."""

from typing import NamedTuple

from incidents.models import Complaint, ReplyTemplate
from riskhub.company.preferences import company_names

PLACEHOLDERS = {"number": "编号", "company": "公司"}
"""What is filled in, by its name in English and in Chinese."""


class Filled(NamedTuple):
    pk: int
    name: str
    text: str


def replies_for(complaint: Complaint) -> list[Filled]:
    """Named in the reader's language, written in the customer's. One query, and the company's name."""
    zh, en = company_names()
    is_read_in_english = complaint.lang == "en"
    said = {"number": complaint.code, "company": (en or zh) if is_read_in_english else zh}
    column = "text_en" if is_read_in_english else "text_zh"
    return [
        Filled(reply.pk, reply.name, filled(getattr(reply, column), said))
        for reply in ReplyTemplate.objects.offered()
    ]


def filled(text: str, said: dict[str, str]) -> str:
    """Only what is named in braces; any other brace stays as it was typed."""
    for names in PLACEHOLDERS.items():
        for name in names:
            text = text.replace("{" + name + "}", said[names[0]])
    return text


def begun_with(key: str | None, replies: list[Filled]) -> dict[str, str]:
    """What a form opens with where a template was chosen without script; nothing for an unknown one."""
    return next(({"text": reply.text} for reply in replies if str(reply.pk) == key), {})
