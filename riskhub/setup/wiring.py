"""What this package hands to the registries below it."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from riskhub.accounts.models import User
from riskhub.oversight.cards import BANNER, Banner, Card, register_card
from riskhub.oversight.words import name_actions
from riskhub.setup.permissions import can_set_up
from riskhub.setup.steps import Progress
from riskhub.web.navigation import SETTINGS, add_entry

ACTIONS = {
    "setup.company_set": gettext_lazy("Company set up"),
    "setup.people_set": gettext_lazy("People set up"),
    "setup.scope_set": gettext_lazy("Services and size set up"),
    "setup.matrix_set": gettext_lazy("Matrix set up"),
    "setup.library_set": gettext_lazy("Library taken over"),
    "setup.step_done": gettext_lazy("Step of the set-up done"),
    "setup.step_skipped": gettext_lazy("Step of the set-up skipped"),
}


def wire() -> None:
    name_actions(ACTIONS)
    register_card(Card("setup", BANNER, 5, can_set_up, setup_banner))
    add_entry(
        SETTINGS, "setup:setup_start", gettext_lazy("Set-up"), order=90, allowed=can_set_up,
        covers=("setup:setup_",),
    )  # fmt: skip


def setup_banner(_user: User) -> Banner | None:
    """Until every step is done or passed over."""
    progress = Progress.stored()
    if progress.is_over:
        return None
    words = _("Step %(number)d of %(count)d: %(step)s.") % {
        "number": progress.number, "count": len(progress.steps), "step": progress.next.name,
    }  # fmt: skip
    return Banner(
        _("Setting up is not finished."), words, reverse("setup:setup_start"),
        gettext_lazy("Go on setting up"),
    )  # fmt: skip
