import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from riskhub.entry.columns import Prose
from riskhub.files.choices import AttachmentKind
from riskhub.files.querysets import AttachmentQuerySet, CommentQuerySet, StoredFileQuerySet
from riskhub.files.store import open_stored


class StoredFile(models.Model):
    """A file kept under the sha256 of its content; many rows may share one content.

    A row says for good what was stored: a trigger refuses changes.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=40)
    filename = models.CharField(max_length=255)
    mime = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    uploaded_at = models.DateTimeField(default=timezone.now)

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["sha256"], name="stored_file_sha256")]

    def __str__(self) -> str:
        return self.filename

    def read(self) -> bytes:
        """The content; raises FileDamaged when what was stored is gone, or another."""
        return open_stored(self.sha256)


class Attachment(models.Model):
    """A file that belongs to a row of a higher package, named by type and id: see `owners`.

    `file` says what it is, how large, whose and since when; of a picture it is the redrawn one.
    `received_sha256` is of the bytes that came in: the same file sent again is the same attachment.
    It is never deleted and never another: what should not be seen is taken out of view.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner_type = models.CharField(max_length=60)
    owner_id = models.PositiveBigIntegerField()
    kind = models.CharField(_("kind"), max_length=10, choices=AttachmentKind.choices)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, related_name="+", verbose_name=_("stored file")
    )
    thumbnail = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, related_name="+", verbose_name=_("small picture")
    )
    width = models.PositiveIntegerField(_("width"), null=True)
    height = models.PositiveIntegerField(_("height"), null=True)
    received_sha256 = models.CharField(max_length=64)
    removed_at = models.DateTimeField(_("out of view since"), null=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+",
        verbose_name=_("taken out of view by"),
    )  # fmt: skip

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("attachment")
        constraints = [
            models.UniqueConstraint(
                name="attachment_once",
                fields=["owner_type", "owner_id", "received_sha256"],
                condition=Q(removed_at=None),
            ),
            models.CheckConstraint(
                name="attachment_photo_has_pixels",
                condition=Q(kind=AttachmentKind.DOCUMENT, width=None, height=None, thumbnail=None)
                | Q(kind=AttachmentKind.PHOTO, width__gt=0, height__gt=0, thumbnail__isnull=False),
            ),
            models.CheckConstraint(
                name="attachment_removed_by_somebody",
                condition=Q(removed_at=None, removed_by=None)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.file)

    def get_absolute_url(self) -> str:
        return reverse("files:attachment_download", args=[self.uuid])

    @property
    def owner(self) -> str:
        """As `owners.name_of` names it."""
        return f"{self.owner_type}-{self.owner_id}"

    @property
    def thumbnail_url(self) -> str:
        return reverse("files:attachment_thumbnail", args=[self.uuid]) if self.is_photo else ""

    @property
    def is_photo(self) -> bool:
        return self.kind == AttachmentKind.PHOTO

    @property
    def is_erased(self) -> bool:
        return hasattr(self, "erasure")


class AttachmentErasure(models.Model):
    """Its time is over: nobody is handed the file any more, and its bytes go. That it was there stays."""

    attachment = models.OneToOneField(Attachment, models.PROTECT, related_name="erasure")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("removal of a file after its retention")

    def __str__(self) -> str:
        return str(self.attachment)


class Comment(models.Model):
    """What somebody said about a row of a higher package, named by type and id: see `discussions`.

    It is never changed and never gone; its author may withdraw it for some minutes.
    """

    owner_type = models.CharField(max_length=60)
    owner_id = models.PositiveBigIntegerField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="comments",
        verbose_name=_("author of the comment"),
    )  # fmt: skip
    text = Prose(_("comment"))
    at = models.DateTimeField(default=timezone.now)
    mentions = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="+", verbose_name=_("people mentioned")
    )
    # The key of the form or program that sent it: sent again, it is the same comment.
    client_uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        constraints = [
            models.CheckConstraint(name="comment_not_blank", condition=Q(text__regex=r"\S"))
        ]
        indexes = [models.Index(fields=["owner_type", "owner_id", "-id"], name="comment_owner")]

    def __str__(self) -> str:
        return str(self.author)

    def get_absolute_url(self) -> str:
        return reverse("files:comment_detail", args=[self.pk])

    @property
    def owner(self) -> str:
        """As `owners.name_of` names it."""
        return f"{self.owner_type}-{self.owner_id}"

    @property
    def is_withdrawn(self) -> bool:
        return hasattr(self, "withdrawal")


class CommentWithdrawal(models.Model):
    """Its author took a comment back: nobody reads it on a page any more."""

    comment = models.OneToOneField(Comment, models.PROTECT, related_name="withdrawal")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("withdrawal of a comment")

    def __str__(self) -> str:
        return str(self.comment)
