"""Who talks about incidents, and what stands in the way."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from incidents.incidents.querysets import READERS
from incidents.models import Incident
from registers.permissions import only_reads
from registers.querysets import onlookers_of
from riskhub.accounts.choices import Role
from riskhub.accounts.models import User
from riskhub.files.discussions import Discussion
from riskhub.files.models import Comment
from riskhub.notices.services import tell_mentioned


def may_comment(user: User, _incident: Incident) -> bool:
    """Whoever sees it, but an auditor: their notes stand in the log."""
    return not only_reads(user)


def people_who_see(incident: Incident) -> QuerySet[User]:
    """By a role, or because they reported it or look into it; who administers sees none by that alone."""
    readers = onlookers_of([incident.department], (*READERS, Role.DEPARTMENT_HEAD))
    own = Q(pk__in=[key for key in (incident.reporter_id, incident.investigator_id) if key])
    by_role = Q(pk__in=readers.filter(is_superuser=False).values("pk"))
    return User.objects.active().filter(by_role | own)


def objection_to(incident: Incident) -> str:
    """What was reported twice is talked about where it goes on."""
    if incident.duplicate_of is None:
        return ""
    return _("%(code)s goes on as another incident. Write your comment there.") % {
        "code": incident.code
    }


def _tell(comment: Comment, row: Incident, people: Sequence[User], *, by: User) -> None:
    tell_mentioned(comment, people, by=by, thing=row.code, url=row.get_absolute_url())


ABOUT_INCIDENTS = Discussion(
    may_comment=may_comment, onlookers=people_who_see, tell=_tell, objection=objection_to
)
