"""Both hear of it when somebody decides in the name of another, and when that ends before its day."""

from django.urls import reverse

from riskhub.accounts.models import ApprovalDelegation, User
from riskhub.audit.context import acting
from riskhub.notices.services import notify


def tell_stand_in(delegation: ApprovalDelegation, *, by: User) -> None:
    """Not whoever did it: they know."""
    given = delegation.revoked_at is None
    with acting(by, "notice.sent"):
        deputy, absent = delegation.to_user, delegation.from_user
        params = {
            "name": str(absent), "deputy": str(deputy), "reason": delegation.reason,
            "first": delegation.begins_on.isoformat(), "last": delegation.last_on.isoformat(),
        }  # fmt: skip
        kinds = (
            ("stand_in_given", "stand_in_named") if given else ("stand_in_ended", "stand_in_taken")
        )
        for person, kind in zip((deputy, absent), kinds, strict=True):
            notify(
                [] if person == by else [person],
                by=by,
                kind=kind,
                params=params,
                url=reverse("accounts:delegation_list"),
                dedupe=f"{kind}:{delegation.pk}",
            )
