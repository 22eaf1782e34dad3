from typing import Any

from django.utils import timezone

from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.company.models import CompanySetting, Sequence
from riskhub.company.preferences import DEFAULTS


def set_preference(key: str, value: Any, *, by: User | None) -> None:  # noqa: ANN401 - each key has its own type
    """Store one setting; an unknown key is a programming error (KeyError)."""
    DEFAULTS[key]
    with acting(by, "company.setting_changed"):
        CompanySetting.objects.update_or_create(
            key=key, defaults={"value": value, "changed_at": timezone.now(), "changed_by": by}
        )


def take_numbers(key: str, *, by: User | None, count: int = 1) -> range:
    """The next `count` numbers of a sequence, without gaps: the row stays locked until commit."""
    with acting(by, "sequence.taken"):
        Sequence.objects.get_or_create(key=key)
        sequence = Sequence.objects.select_for_update().get(key=key)
        first = sequence.next
        sequence.next = first + count
        sequence.save(update_fields=["next"])
        return range(first, first + count)
