"""Whose views one finds."""

from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from riskhub.accounts.models import Department, User
from riskhub.search.choices import Sharing

if TYPE_CHECKING:
    from riskhub.search.models import ListSetting, SavedView  # noqa: F401 - named in quotes


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def visible_to(self, user: User) -> Self:
        """One's own, those for everybody, and those for the department to which one belongs."""
        mine = Q(owner=user) | Q(shared_with=Sharing.ALL)
        if user.department_id is None:
            return self.filter(mine)
        within = Department.objects.filter(
            pk=user.department_id, path__startswith=OuterRef("department__path")
        )
        return self.filter(mine | Q(Exists(within), shared_with=Sharing.DEPARTMENT))

    def of(self, page: str) -> Self:
        """Of one list, in the order of their names."""
        return self.filter(page=page).select_related("owner").order_by("name", "pk")


def setting_of(user: User, page: str) -> "ListSetting | None":
    settings = apps.get_model("search", "ListSetting")._default_manager
    found: ListSetting | None = settings.filter(owner=user, page=page).first()
    return found
