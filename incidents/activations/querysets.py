from typing import TYPE_CHECKING, Any, Self

from django.db import models

from incidents.incidents.querysets import incidents_of
from riskhub.accounts.models import User

if TYPE_CHECKING:
    from incidents.models import ActivationStep, ContingencyActivation  # noqa: F401 - named in quotes


class ActivationQuerySet(models.QuerySet["ContingencyActivation"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(incident__in=incidents_of(self).visible_to(user))

    def running(self) -> Self:
        return self.filter(ended_at=None)


class ActivationStepQuerySet(models.QuerySet["ActivationStep"]):
    def visible_to(self, user: User) -> Self:
        field: Any = self.model._meta.get_field("activation")
        runs: ActivationQuerySet = field.related_model.objects
        return self.filter(activation__in=runs.visible_to(user))
