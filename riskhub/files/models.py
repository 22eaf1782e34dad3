import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from riskhub.files.store import open_stored, path_of


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

    class Meta:
        indexes = [models.Index(fields=["sha256"], name="stored_file_sha256")]

    def __str__(self) -> str:
        return self.filename

    def read(self) -> bytes:
        """The content; raises FileDamaged when the disk no longer holds what was stored."""
        return open_stored(self.sha256)

    @property
    def path(self) -> str:
        return str(path_of(self.sha256))
