from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from riskhub.company.preferences import preference
from riskhub.files.owners import over, seen_by, type_of_owner

if TYPE_CHECKING:
    from riskhub.accounts.models import User
    from riskhub.files.models import Attachment, Comment, StoredFile  # noqa: F401 - named in quotes


class StoredFileQuerySet(QuerySet["StoredFile"]):
    def needed(self) -> Self:
        """Less those of attachments whose time is over."""
        attachments = apps.get_model("files", "Attachment")._default_manager
        gone = attachments.filter(erasure__isnull=False)
        return self.exclude(Exists(gone.filter(file=OuterRef("pk")))).exclude(
            Exists(gone.filter(thumbnail=OuterRef("pk")))
        )


class AttachmentQuerySet(QuerySet["Attachment"]):
    def visible_to(self, user: "User") -> Self:
        """Those of the things that the user sees, less what was taken out of view."""
        return self.shown().filter(seen_by(user))

    def shown(self) -> Self:
        return self.filter(removed_at=None)

    def of(self, row: Model) -> Self:
        return self.filter(owner_type=type_of_owner(type(row)), owner_id=row.pk)

    def of_all(self, rows: Iterable[Model]) -> Self:
        """Of many rows of one model."""
        rows = list(rows)
        if not rows:
            return self.none()
        return self.filter(
            owner_type=type_of_owner(type(rows[0])), owner_id__in=[r.pk for r in rows]
        )

    def with_files(self) -> Self:
        """Everything that a list shows of them, in the order in which they came."""
        return self.select_related("file", "erasure").order_by("pk")

    def to_erase(self, now: datetime) -> Self:
        """Those out of view for long enough, and those of things whose files nobody needs any more."""
        until = now - timedelta(days=preference("removed_files_kept_days"))
        return self.filter(Q(removed_at__lt=until) | over(), erasure=None)


class CommentQuerySet(QuerySet["Comment"]):
    def visible_to(self, user: "User") -> Self:
        """Those on the things that the user sees; the withdrawn ones too, as withdrawn."""
        return self.filter(seen_by(user))

    def of(self, row: Model) -> Self:
        return self.filter(owner_type=type_of_owner(type(row)), owner_id=row.pk)

    def of_any(self, rows: Mapping[type[Model], Collection[int]]) -> Self:
        """On rows of several models, by their keys."""
        found = Q(pk__in=[])
        for model, keys in rows.items():
            if keys:
                found |= Q(owner_type=type_of_owner(model), owner_id__in=keys)
        return self.filter(found)

    def with_people(self) -> Self:
        """Everything that a list shows of them, newest first."""
        joined = self.select_related("author", "withdrawal").prefetch_related("mentions")
        return joined.order_by("-pk")
