"""Both languages of one thing, for a snapshot that serves both."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import override

from assessments.quarterly.schema import Words
from registers.models import Risk
from riskhub.accounts.bilingual import Named


def words(text: str | Promise) -> Words:
    """Of a lazily translated text."""
    with override("zh-hans"):
        zh = str(text)
    with override("en"):
        return {"zh": zh, "en": str(text)}


def pair(zh: str, en: str) -> Words:
    """Where one language is missing, both are the same."""
    return {"zh": zh or en, "en": en or zh}


def name_of(obj: Named) -> Words:
    return pair(obj.name_zh, obj.name_en)


def title_of(risk: Risk) -> Words:
    if risk.lang.startswith("en"):
        return pair(risk.title_alt, risk.title)
    return pair(risk.title, risk.title_alt)


def moment(at: datetime, zone: ZoneInfo) -> str:
    """ISO 8601 with the company's offset and whole seconds."""
    return at.astimezone(zone).replace(microsecond=0).isoformat()


def day(value: date | None) -> str | None:
    return value.isoformat() if value else None
