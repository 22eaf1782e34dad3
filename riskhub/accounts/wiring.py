"""What this package hands to the registries below it."""

from django.utils.translation import gettext_lazy as _

from riskhub.accounts.blockers import departments_headed_by, parts_and_members
from riskhub.accounts.closing import register_department_blocker
from riskhub.accounts.leaving import Keeper, register_keeper
from riskhub.accounts.permissions import can_read_people, sees_delegations
from riskhub.accounts.services import hand_over_departments, set_language, set_theme
from riskhub.web import preferences
from riskhub.web.navigation import SETTINGS, add_entry


def wire() -> None:
    preferences.keep_with("language", lambda user, code: set_language(user, by=user, locale=code))
    preferences.keep_with("theme", lambda user, theme: set_theme(user, by=user, theme=theme))
    add_entry(
        SETTINGS, "accounts:person_list", _("People"), order=10, allowed=can_read_people,
        covers=("accounts:role_",),
    )  # fmt: skip
    add_entry(
        SETTINGS, "accounts:department_list", _("Departments"), order=20, allowed=can_read_people
    )
    add_entry(
        SETTINGS, "accounts:delegation_list", _("Stand-ins"), order=15, allowed=sees_delegations,
        covers=("accounts:delegation_",),
    )  # fmt: skip
    register_department_blocker(parts_and_members)
    register_keeper(Keeper("department", departments_headed_by, hand_over_departments))
