"""What the command bar finds of controls: by number, then by words, those in use first."""

from django.db.models import Q
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from registers.choices import ControlState
from registers.control_querysets import number_of_control
from registers.models import Control
from registers.permissions import can_create_control, sees_risks
from riskhub.accounts.models import User
from riskhub.search.registry import Hit, Page, Provider, register_page, register_provider
from riskhub.search.words import each_word_in


def register_control_hits() -> None:
    register_provider(
        Provider(
            key="controls", title=_("Controls"), order=20, model=Control,
            conditions=control_conditions, hit=control_hit, ordering=("number",),
            related=("owner_department",),
            every=lambda text: f"{reverse('registers:control_list')}?{urlencode({'q': text})}",
        )
    )  # fmt: skip
    for url_name, name, allowed in (
        ("registers:control_create", _("Add control"), can_create_control),
        ("registers:control_adopt", _("Adopt from the control library"), can_create_control),
        ("registers:gap_list", _("Control gaps"), sees_risks),
    ):
        register_page(Page(url_name, name, allowed, icon="shield-check"))


def control_conditions(text: str) -> list[Q]:
    """The number first, whatever became of it; retired ones last."""
    words = each_word_in(text, "title", "title_alt")
    retired = Q(state=ControlState.RETIRED)
    found = [words & ~retired, words & retired]
    number = number_of_control(text)
    return [Q(number=number), *found] if number else found


def control_hit(_user: User, control: Control) -> Hit:
    meta = [control.get_type_display(), control.owner_department.name]
    state = [] if control.is_in_use else [control.get_state_display()]
    return Hit(
        control.name, control.get_absolute_url(), code=control.code, lang=control.name_language,
        meta=[*state, *meta], icon="shield-check",
    )  # fmt: skip
