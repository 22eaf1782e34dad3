"""What process changes put on the home page of the risk manager: those that wait for the next step."""

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.changes.filters import WAITING
from assessments.models import ProcessChange
from riskhub.accounts.choices import Role
from riskhub.accounts.models import User
from riskhub.entry.day_words import day
from riskhub.oversight.cards import NEEDS, Card, Row, Section, first_and_counted, register_card


def register_change_cards() -> None:
    register_card(Card("changes", NEEDS, 45, _decides, changes_waiting))


def changes_waiting(user: User) -> Section | None:
    """Handed in, with every risk judged, ready, or live and not reviewed; late once its day is over."""
    waiting = ProcessChange.objects.visible_to(user).waiting()
    late = Q(planned_on__lt=timezone.localdate(), effective_on=None)
    rows = waiting.select_related("department").order_by("planned_on", "number")
    first, count, is_late = first_and_counted(rows, late)
    if not count:
        return None
    url = f"{reverse('assessments:change_list')}?state={WAITING}"
    title = gettext_lazy("Process changes to decide")
    return Section(title, count, url, [_row(change) for change in first], late=is_late)


def _row(change: ProcessChange) -> Row:
    is_late = change.effective_on is None and change.planned_on < timezone.localdate()
    live = change.effective_on
    words = _("live since %(day)s") if live else _("planned for %(day)s")
    return Row(
        change.get_absolute_url(), change.name, "arrows-right-left",
        meta=[change.code, change.department.name, str(change.get_state_display())],
        fact=words % {"day": day(live or change.planned_on)}, is_late=is_late,
    )  # fmt: skip


def _decides(user: User) -> bool:
    return user.roles.has(Role.RISK_MANAGER)
