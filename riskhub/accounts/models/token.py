from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from riskhub.accounts.models.user import User
from riskhub.entry.columns import Line


class Token(models.Model):
    """A key for the API, kept as its hash; it may do what its user may do."""

    user = models.ForeignKey(User, models.CASCADE, related_name="tokens")
    name = Line(_("name"), max_length=100)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.user} {self.name}"
