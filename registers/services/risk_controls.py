"""Which control acts on which risk, on what and how strongly."""

from copy import copy

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from registers.choices import ActsOn, ControlState, ControlType
from registers.closing import require_open
from registers.models import Control, Risk, RiskControl
from registers.services.controls import Retired
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.versions import lock_row, lock_version, save_fields
from riskhub.entry.columns import long_since
from riskhub.entry.texts import prose


def usual_effect(control_type: str) -> ActsOn:
    """What prevents lowers the probability, everything else the impact."""
    return ActsOn.PROBABILITY if control_type == ControlType.PREVENTIVE else ActsOn.IMPACT


def link_control(
    risk: Risk, control: Control, *, by: User, acts_on: str = "", strength: int = 1, note: str = ""
) -> RiskControl:
    """The control acts on the risk from now on; the same sent twice is one link."""
    with acting(by, "risk_control.linked"):
        require_open(lock_row(risk))
        if lock_row(control).state == ControlState.RETIRED:
            raise Retired
        acts_on = acts_on or usual_effect(control.type)
        link = RiskControl(
            risk=risk, control=control, acts_on=acts_on, strength=strength, note=prose(note)
        )
        if made := RiskControl.objects.filter(risk=risk, control=control).first():
            if _effect(made) != _effect(link):
                words = _("%(code)s acts on this risk already. Change its effect instead.")
                raise ValidationError({"control": words % {"code": control.code}})
            return made
        link.full_clean()
        link.save()
        return link


def edit_risk_control(
    link: RiskControl, *, by: User, version: int | None, acts_on: str, strength: int, note: str
) -> RiskControl:
    """Raises StaleVersion when somebody saved since `version` was read."""
    with acting(by, "risk_control.edited"):
        require_open(lock_row(link.risk))
        stored = lock_version(link, version)
        changed = {"acts_on": acts_on, "strength": strength, "note": prose(note)}
        before = copy(stored)
        for name, value in changed.items():
            setattr(stored, name, value)
        stored.full_clean(exclude=long_since(before, stored))
        return save_fields(stored, **changed)


def unlink_control(link: RiskControl, *, by: User) -> None:
    """It acts on this risk no longer; the history of the risk keeps that it did."""
    with acting(by, "risk_control.unlinked"):
        require_open(lock_row(link.risk))
        link.delete()


def _effect(link: RiskControl) -> tuple[str, int, str]:
    return str(link.acts_on), link.strength, link.note
