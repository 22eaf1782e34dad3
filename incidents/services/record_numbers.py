"""Numbers for many records at once, each of the year in which it came in, without gaps."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.company.preferences import company_zone
from riskhub.company.services import take_numbers


def take_codes(name: str, letter: str, moments: Sequence[datetime], *, by: User) -> list[str]:
    """In the order of the moments: C-2026-0001 for the letter C."""
    with acting(by, "sequence.taken"):
        zone = company_zone()
        years = [moment.astimezone(zone).year for moment in moments]
        numbers = {
            year: iter(take_numbers(f"{name}:{year}", by=by, count=count))
            for year, count in sorted(Counter(years).items())
        }
        return [f"{letter}-{year}-{next(numbers[year]):04d}" for year in years]
