"""Who talks about risks, and what stands in the way."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from registers.choices import RiskState
from registers.models import Risk
from registers.permissions import can_comment_on_risk
from registers.querysets import onlookers_of
from riskhub.accounts.models import User
from riskhub.files.discussions import Discussion
from riskhub.files.models import Comment
from riskhub.notices.services import tell_mentioned


def people_who_see(risk: Risk) -> QuerySet[User]:
    return onlookers_of([risk.owner_department])


def objection_to(risk: Risk) -> str:
    """A merged risk is no longer looked at; a closed one may still be talked about."""
    if risk.state != RiskState.MERGED:
        return ""
    return _("%(code)s was merged into another risk. Write your comment there.") % {
        "code": risk.code
    }


def _tell(comment: Comment, row: Risk, people: Sequence[User], *, by: User) -> None:
    url, thing = f"{row.get_absolute_url()}?kind=comments", f"{row.code} {row.title}"
    tell_mentioned(comment, people, by=by, thing=thing, url=url)


ABOUT_RISKS = Discussion(
    may_comment=can_comment_on_risk,
    onlookers=people_who_see,
    tell=_tell,
    objection=objection_to,
)
