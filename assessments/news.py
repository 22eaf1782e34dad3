"""What the feed tells of plans: how they were decided on."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.choices import Decision
from assessments.models import Approval, ResponsePlan
from riskhub.accounts.models import User
from riskhub.oversight.feed import MOST, News


def news_of_plans(user: User, since: datetime, until: datetime) -> list[News]:
    words = {
        Decision.APPROVED: _("was approved in version %(number)d"),
        Decision.CHANGES: _("is to be changed: version %(number)d"),
        Decision.REJECTED: _("was rejected in version %(number)d"),
    }
    seen = ResponsePlan.objects.visible_to(user).values("pk")
    made = Approval.objects.filter(version__plan__in=seen, at__gte=since, at__lt=until)
    made = made.select_related("version__plan__risk", "approver", "on_behalf_of").order_by("-at")[
        :MOST
    ]
    return [
        News(
            one.at, "plans", words[Decision(one.decision)] % {"number": one.version.number},
            f"{one.version.plan.code} {one.version.plan.risk.name}",
            reverse("assessments:plan_detail", args=[one.version.plan.code]), (one.who,),
        )
        for one in made
    ]  # fmt: skip
