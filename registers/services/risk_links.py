"""Which risk causes, aggravates or is related to which."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from registers.choices import RiskState
from registers.closing import require_open
from registers.links import Ends, ends_of, seen_from
from registers.models import Risk, RiskLink
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.versions import lock_row


def link_risks(risk: Risk, other: Risk, *, by: User, relation: str) -> RiskLink:
    """`risk` causes, is caused by ... `other`, from now on; the same said twice is one link."""
    with acting(by, "risk_link.created"):
        if risk.pk == other.pk:
            raise ValidationError({"other": _("Choose another risk: this is the one itself.")})
        stored, linked = _locked(risk, other)
        require_open(stored)
        if linked.state == RiskState.MERGED or linked.is_undone:
            words = _("%(code)s is no longer in the register. Link the risk that stands for it.")
            raise ValidationError({"other": words % {"code": linked.code}})
        return _kept(ends_of(stored, linked, relation))


def unlink_risks(link: RiskLink, *, by: User) -> None:
    """The link no longer holds; the history of both risks keeps that it did. One end must be open."""
    with acting(by, "risk_link.ended"):
        ends = _locked(link.from_risk, link.to_risk)
        if not any(risk.is_open for risk in ends):
            require_open(ends[0])
        _end(link, by)


def carry_links(merged: Risk, survivor: Risk, *, by: User) -> None:
    """What the merged risk causes, or is caused by, is the survivor's from now on."""
    with acting(by, "risk_link.carried"):
        links = RiskLink.objects.filter(ended_at=None).of(merged)
        for link in links.select_related("from_risk", "to_risk"):
            _end(link, by)
            linked = seen_from(merged, link)
            if linked.risk.pk != survivor.pk:
                _kept(ends_of(survivor, linked.risk, linked.relation))


def _end(link: RiskLink, by: User) -> None:
    stored = lock_row(link)
    if stored.ended_at is None:
        stored.ended_at, stored.ended_by = timezone.now(), by
        stored.save(update_fields=["ended_at", "ended_by"])


def _kept(ends: Ends) -> RiskLink:
    """The link of these two that holds, or a new one."""
    made = RiskLink.objects.filter(**vars(ends), ended_at=None).first()
    return made or RiskLink.objects.create(**vars(ends))


def _locked(risk: Risk, other: Risk) -> tuple[Risk, Risk]:
    """In the order of their keys, so that two who link the same wait for each other."""
    rows = Risk.objects.select_for_update().filter(pk__in=[risk.pk, other.pk]).order_by("pk")
    locked = {row.pk: row for row in rows}
    return locked[risk.pk], locked[other.pk]
