"""What the company has set, with the default where it has set nothing."""

from typing import Any
from zoneinfo import ZoneInfo

from riskhub.accounts.bilingual import in_language
from riskhub.company.models import CompanySetting

DEFAULTS: dict[str, Any] = {
    "company_name_zh": "我的公司",
    "company_name_en": "My company",
    "time_zone": "Asia/Shanghai",
    "orders_per_year": 50_000,
    "yearly_revenue": 20_000_000,
    # How far the set-up has come: {step: done or skipped}.
    "setup_steps": {},
    "is_demo": False,
    # Of a control check, in percent of the sample: up to so many exceptions.
    "check_effective_up_to": 5,
    "check_partly_up_to": 20,
    "duty_phone": "",
    # The key of whoever is told at once when somebody is hurt; None: risk managers and the head.
    "duty_manager": None,
    # Up to which amount in yuan a role makes a complainant an offer without asking.
    "offer_authority": {
        "customer_service": 500,
        "department_head": 2_000,
        "risk_manager": 5_000,
        "approver": 1_000_000,
    },
    # By when we ask a customer to answer an offer, from the day on which they see it.
    "offer_answer_days": 14,
    # For how long after its closing it stays known who complained.
    "contact_kept_days": 730,
    # Files that were taken out of view, and those of incidents after their closing; None: for good.
    "removed_files_kept_days": 30,
    "incident_files_kept_days": None,
    # When the company works: see business_calendar.
    "worked_days": "every",
    "worked_weekdays": [1, 2, 3, 4, 5, 6, 7],
    "work_begins": "09:00",
    "work_ends": "18:00",
    "break_begins": "12:00",
    "break_ends": "13:00",
}


def preference(key: str) -> Any:  # noqa: ANN401 - each key has its own type
    """The stored value of a known key, else its default."""
    default = DEFAULTS[key]
    row = CompanySetting.objects.filter(key=key).values_list("value", flat=True).first()
    return default if row is None else row


def preferences(*keys: str) -> dict[str, Any]:
    """Several of them in one query."""
    stored = CompanySetting.objects.filter(key__in=keys).values_list("key", "value")
    return {key: DEFAULTS[key] for key in keys} | dict(stored)


def company_names() -> tuple[str, str]:
    """In Chinese and in English."""
    stored = dict(
        CompanySetting.objects.filter(key__startswith="company_name_").values_list("key", "value")
    )
    zh, en = ("company_name_zh", "company_name_en")
    return stored.get(zh, DEFAULTS[zh]), stored.get(en, DEFAULTS[en])


def company_name() -> str:
    return in_language(*company_names())


def company_zone() -> ZoneInfo:
    return ZoneInfo(preference("time_zone"))
