"""What of this package stands in the way of closing a department, and what a head leaves behind."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from riskhub.accounts.closing import Blocker
from riskhub.accounts.leaving import Holding, Item, active
from riskhub.accounts.models import Department, User


def parts_and_members(department: Department) -> list[Blocker]:
    found = []
    if parts := department.children.filter(is_active=True).count():
        words = ngettext(
            "%(count)d department is a part of it. Close it or move it elsewhere.",
            "%(count)d departments are parts of it. Close them or move them elsewhere.",
            parts,
        )
        found.append(Blocker(words % {"count": parts}, reverse("accounts:department_list")))
    if members := User.objects.active().belonging_to(department).count():
        words = ngettext(
            "%(count)d person belongs to it. Give them another department.",
            "%(count)d people belong to it. Give them another department.",
            members,
        )
        url = f"{reverse('accounts:person_list')}?department={department.code}"
        found.append(Blocker(words % {"count": members}, url))
    return found


def departments_headed_by(user: User) -> list[Holding]:
    """Each by itself, as each has its own people; a department may be without a head for a while."""
    return [
        Holding(
            "department", department.pk, _("Head of a department"),
            [Item(department.pk, department.name, reverse("accounts:department_list"))],
            active(User.objects.get_queryset().belonging_to(department), but=user),
            may_be_nobody=True,
        )
        for department in user.headed.order_by("path")
    ]  # fmt: skip
