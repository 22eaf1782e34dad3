"""Two risks that are one: the survivor goes on, the other one's number leads to it."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from registers.choices import RiskState
from registers.closing import closing_blockers, require_open
from registers.models import Risk
from registers.services.process_maps import carry_pins
from registers.services.risk_links import carry_links
from registers.services.risks import CannotClose
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.transitions import WrongState, can_move, move
from riskhub.audit.versions import save_fields
from riskhub.entry.texts import prose


def merge_risk(risk: Risk, *, into: Risk, by: User, reason: str) -> Risk:
    """What belongs to the merged risk stays with it; its sources and lines count for the survivor, too.

    Raises CannotClose with what must be settled on it first; answers the survivor.
    """
    with acting(by, "risk.merged", reason):
        if not prose(reason):
            raise ValidationError({"reason": _("Say why the two are one risk.")})
        if risk.pk == into.pk:
            raise ValidationError({"into": _("Choose another risk: this is the one to be merged.")})
        keys = [risk.pk, into.pk]
        rows = Risk.objects.select_for_update().filter(pk__in=keys).order_by("pk")
        locked = {row.pk: row for row in rows}
        merged, survivor = locked[risk.pk], locked[into.pk]
        if not can_move(merged, RiskState.MERGED):
            raise WrongState(merged, RiskState.MERGED)
        require_open(survivor)
        if blockers := closing_blockers(merged):
            raise CannotClose(blockers)
        survivor.sources.add(*merged.sources.all())
        survivor.service_lines.add(*merged.service_lines.all())
        save_fields(survivor)
        carry_links(merged, survivor, by=by)
        carry_pins(merged, survivor, by=by)
        move(
            risk, RiskState.MERGED, merged_into=survivor, closed_at=timezone.now(),
            closed_reason=prose(reason),
        )  # fmt: skip
        return survivor
