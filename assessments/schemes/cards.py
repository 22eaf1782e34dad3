"""What the matrix puts on the home page of management: a draft that waits for their decision."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from assessments.models import MatrixScheme
from assessments.schemes.permissions import can_decide_schemes, is_own_scheme
from riskhub.accounts.models import User
from riskhub.oversight.cards import NEEDS, Card, Row, Section, register_card, waits


def register_scheme_cards() -> None:
    register_card(Card("schemes", NEEDS, 15, can_decide_schemes, schemes_waiting))


def schemes_waiting(user: User) -> Section | None:
    """One query while none waits."""
    waiting = MatrixScheme.objects.awaiting_approval().select_related("submitted_by")
    rows = [_row(user, scheme) for scheme in waiting.order_by("number")]
    if not rows:
        return None
    return Section(
        gettext_lazy("Matrix to approve"), len(rows), reverse("assessments:scheme_list"), rows
    )


def _row(user: User, scheme: MatrixScheme) -> Row:
    """One's own waits for another person: it is read, not decided on."""
    is_own = is_own_scheme(user, scheme)
    page = "scheme_detail" if is_own else "scheme_decide"
    url = reverse(f"assessments:{page}", args=[scheme.number])
    since = scheme.submitted_at
    days = (timezone.localdate() - timezone.localdate(since)).days if since else 0
    return Row(
        url, _("Matrix %(code)s") % {"code": scheme.code}, "table-cells",
        meta=[str(scheme.submitted_by or "")],
        fact=_("Another person decides") if is_own else waits(days),
        action="" if is_own else pgettext_lazy("on a plan", "Decide"), action_url=url,
    )  # fmt: skip
