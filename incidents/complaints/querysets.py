"""Who sees which complaints, and the words by which they are filtered."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Case, Count, Exists, F, Func, IntegerField, OuterRef, Q, Subquery, When
from django.db.models.functions import Greatest

from incidents.choices import OVER, REPEAT_WITHIN, Direction, OfferAnswer
from registers.models import Risk
from riskhub.accounts.choices import Role
from riskhub.accounts.models import User
from riskhub.search.words import each_word_in

if TYPE_CHECKING:
    from incidents.models import (  # noqa: F401 - named in quotes
        Complaint,
        ComplaintMessage,
        ComplaintRisk,
        Resolution,
    )

READERS = (Role.RISK_MANAGER, Role.CUSTOMER_SERVICE, Role.AUDITOR, Role.APPROVER)


_IS_OPEN = ~Q(state__in=OVER)
_OVER_VIEW = "over"


class ComplaintQuerySet(models.QuerySet["Complaint"]):
    def visible_to(self, user: User) -> Self:
        """All for whoever reads them in the whole company; else those of one's departments, and one's own."""
        if user.roles.everywhere(*READERS):
            return self.all()
        ids = user.roles.department_ids(*READERS, Role.DEPARTMENT_HEAD)
        return self.filter(Q(department__in=ids) | Q(handler=user))

    def open(self) -> Self:
        return self.exclude(state__in=OVER)

    def in_view(self, view: str, user: User, now: datetime) -> Self:
        """Of the queue: see `_open_views`."""
        if view == _OVER_VIEW:
            return self.filter(~_IS_OPEN)
        return self.open().filter(_open_views(user, now)[view])

    def tally(self, user: User, now: datetime) -> dict[str, int]:
        """How many each view shows, `all` for what is open.

        Two queries: the state, which is looked for in a list, is then compared once for each row.
        """
        views = _open_views(user, now)
        counted = {name: Count("pk", filter=condition) for name, condition in views.items()}
        found = self.order_by()
        over = found.filter(~_IS_OPEN).count()
        return found.open().aggregate(all=Count("*"), **counted) | {_OVER_VIEW: over}

    def worded(self, text: str) -> Self:
        """Each word stands in the text, in the order or in the number."""
        return self.filter(each_word_in(text, "text", "order_ref", "code"))

    def of_same_customer(self, complaint: "Complaint") -> Self:
        """Whoever is reached in the same way, and whatever is about the same order."""
        same = Q(contact_hashes__overlap=complaint.contact_hashes)
        if complaint.order_ref:
            same |= Q(order_ref=complaint.order_ref)
        return self.filter(same)

    def to_forget(self, until: datetime) -> Self:
        """Over since before that moment, and who complained is still kept."""
        return self.filter(state__in=OVER, closed_at__lt=until, anonymised_at=None)

    def forgotten(self) -> Self:
        """Who complained is not kept any more."""
        return self.filter(anonymised_at__isnull=False)

    def with_times(self) -> Self:
        """`times`: the how-manieth of the same customer or order within 90 days; None where it repeats none.

        At least the second: of whoever was forgotten meanwhile nobody knows more.
        """
        same = Q(contact_hashes__overlap=OuterRef("contact_hashes")) | (
            ~Q(order_ref="") & Q(order_ref=OuterRef("order_ref"))
        )
        earlier = apps.get_model("incidents", "Complaint")._default_manager.filter(
            same, received_at__gte=OuterRef("received_at") - REPEAT_WITHIN,
            received_at__lte=OuterRef("received_at"),
        ).exclude(pk=OuterRef("pk"))  # fmt: skip
        count = earlier.order_by().annotate(how_many=Func(F("pk"), function="COUNT"))
        number = Subquery(count.values("how_many"), output_field=IntegerField())
        times = Case(When(repeat_of__isnull=False, then=Greatest(number + 1, 2)))
        return self.annotate(times=times)

    def for_queue(self) -> Self:
        """As a row of the queue shows them; `waits_inside`: its offer is to be approved first."""
        waiting = apps.get_model("incidents", "Resolution")._default_manager.filter(
            complaint=OuterRef("pk"), answer=OfferAnswer.NONE, offered_at=None
        )
        rows = self.with_times().select_related("severity", "category", "service_line", "handler")
        return rows.annotate(waits_inside=Exists(waiting)).defer(
            "contact_name", "contact_phone", "contact_email", "contact_address", "contact_hashes",
            "wish_text", "root_cause", "closed_reason",
        )  # fmt: skip

    def for_page(self) -> Self:
        return self.with_times().select_related(
            "severity", "category", "service_line", "handler", "department", "repeat_of"
        )

    def by_next_due(self) -> Self:
        return self.order_by("next_due", "pk")


class MessageQuerySet(models.QuerySet["ComplaintMessage"]):
    def for_customer(self) -> Self:
        """What was said to them and by them, in its order; nothing that is internal, and no author."""
        shown = (Direction.IN, Direction.OUT)
        return self.filter(direction__in=shown).order_by("pk").only(
            "complaint", "direction", "text", "at"
        )  # fmt: skip


class OfferQuerySet(models.QuerySet["Resolution"]):
    def for_customer(self) -> Self:
        """Those that were put to them, in their order; what waits for approval is not there yet."""
        return self.filter(offered_at__isnull=False).order_by("offered_at", "pk")


class ComplaintLinkQuerySet(models.QuerySet["ComplaintRisk"]):
    def visible_to(self, user: User) -> Self:
        """Of whoever sees both."""
        seen = apps.get_model("incidents", "Complaint")._default_manager.visible_to(user)
        return self.filter(complaint__in=seen, risk__in=Risk.objects.visible_to(user))


def _open_views(user: User, now: datetime) -> dict[str, Q]:
    """What each shows of what is open.

    `breached`: a clock ran out, and runs still; while one waits for the customer none runs.
    """
    return {
        "mine": Q(handler=user),
        "unassigned": Q(handler=None),
        "breached": Q(next_due__lt=now, paused_at=None),
        "waiting": Q(paused_at__isnull=False),
        "repeated": Q(repeat_of__isnull=False),
    }
