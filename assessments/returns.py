"""What was sent back to its assessor: on the home page and on /my/, until the risk is judged again."""

from django.db.models import Q
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.models import Assessment
from assessments.permissions import can_answer_any, can_assess_risk
from riskhub.accounts.models import User
from riskhub.oversight.cards import (
    MOST_ROWS,
    MY,
    NEEDS,
    Card,
    Row,
    Section,
    first_and_counted,
    register_card,
)

_MOST_LISTED = 20
_MOST_WORDS = 160


def register_return_cards() -> None:
    register_card(Card("assessments_sent_back", NEEDS, 32, can_answer_any, sent_back))
    register_card(Card("sent_back_of_mine", MY, 14, can_answer_any, sent_back_of_mine))


def sent_back(user: User) -> Section | None:
    return _section(user, MOST_ROWS, reverse("oversight:my_work"))


def sent_back_of_mine(user: User) -> Section | None:
    """On /my/, where the whole of it is."""
    return _section(user, _MOST_LISTED, "")


def _section(user: User, most: int, url: str) -> Section | None:
    returned = Assessment.objects.sent_back_to(user).for_decision().order_by("-pk")
    first, count, _late = first_and_counted(returned, Q(pk__in=[]), most)
    if not count:
        return None
    title = gettext_lazy("Assessments sent back to you")
    return Section(title, count, url, [_row(user, one) for one in first])


def _row(user: User, one: Assessment) -> Row:
    words = _("Assessment of %(code)s sent back: %(reason)s")
    reason = Truncator(one.rejected_reason).chars(_MOST_WORDS)
    may = can_assess_risk(user, one.risk)
    return Row(
        reverse("assessments:assessment_list", args=[one.risk.code]),
        words % {"code": one.risk.code, "reason": reason}, "arrow-uturn-left",
        meta=[one.risk.name, one.risk.owner_department.name],
        action=gettext_lazy("Assess again") if may else "",
        action_url=reverse("assessments:assessment_create", args=[one.risk.code]),
    )  # fmt: skip
