"""Whose views one finds."""

from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Q

from riskhub.accounts.models import User
from riskhub.search.choices import Sharing

if TYPE_CHECKING:
    from riskhub.search.models import ListSetting, SavedView  # noqa: F401 - named in quotes


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def visible_to(self, user: User) -> Self:
        """One's own, those for everybody, and those for the department to which one belongs."""
        mine = Q(owner=user) | Q(shared_with=Sharing.ALL)
        if user.department is None:
            return self.filter(mine)
        above = [int(pk) for pk in user.department.path.split("/") if pk]
        return self.filter(mine | Q(shared_with=Sharing.DEPARTMENT, department__in=above))

    def of(self, page: str) -> Self:
        """Of one list, one's pinned ones first in the order of their names."""
        return self.filter(page=page).order_by("-is_pinned", "name", "pk")


def setting_of(user: User, page: str) -> "ListSetting | None":
    settings = apps.get_model("search", "ListSetting")._default_manager
    found: ListSetting | None = settings.filter(owner=user, page=page).first()
    return found
