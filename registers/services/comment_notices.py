"""Who is told of a comment on a risk: the people whom it mentions."""

from collections.abc import Sequence

from registers.models import Risk
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.files.models import Comment
from riskhub.notices.services import notify


def tell_mentioned(comment: Comment, row: Risk, people: Sequence[User], *, by: User) -> None:
    """The words themselves are not sent: they can be withdrawn, a notice cannot."""
    with acting(by, "notice.sent"):
        notify(
            people,
            by=by,
            kind="comment_mentioned",
            params={"name": str(by), "thing": f"{row.code} {row.title}"},
            url=f"{row.get_absolute_url()}?kind=comments#comment-{comment.pk}",
            dedupe=f"comment:{comment.pk}",
        )
