from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from incidents.models import ReplyTemplate  # noqa: F401 - named in quotes


class ReplyQuerySet(models.QuerySet["ReplyTemplate"]):
    def offered(self) -> Self:
        return self.filter(is_active=True)
