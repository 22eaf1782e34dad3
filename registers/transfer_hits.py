"""Policies, clauses and suppliers in the command bar: by code, then by name, those in use first."""

from django.db.models import Q
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrPromise

from registers.choices import TransferState
from registers.hits import named_so
from registers.models.transfers import ContractClause, InsurancePolicy, Supplier, Transfer
from riskhub.accounts.models import User
from riskhub.entry.day_words import day
from riskhub.search.registry import Hit, Provider, register_provider

_KINDS: tuple[tuple[str, type[Transfer], StrPromise], ...] = (
    ("policies", InsurancePolicy, gettext_lazy("Insurance policies")),
    ("clauses", ContractClause, gettext_lazy("Contract clauses")),
    ("suppliers", Supplier, gettext_lazy("Suppliers")),
)


def register_transfer_hits() -> None:
    for place, (key, model, title) in enumerate(_KINDS):
        register_provider(
            Provider(
                key=key, title=title, order=45 + place, model=model,
                conditions=transfer_conditions, hit=transfer_hit, ordering=("state", "code"),
            )
        )  # fmt: skip


def transfer_conditions(text: str) -> list[Q]:
    """What was ended comes last."""
    code, words = named_so(text)
    ended = Q(state=TransferState.ENDED)
    return [code, words & ~ended, words & ended]


def transfer_hit(_user: User, transfer: Transfer) -> Hit:
    """To the list with this one alone."""
    asked = urlencode({"kind": transfer.kind, "code": transfer.code})
    url = f"{reverse('registers:transfer_list')}?{asked}"
    meta = [] if transfer.is_in_force else [_("not in force")]
    if transfer.valid_until:
        meta.append(_("valid until %(day)s") % {"day": day(transfer.valid_until)})
    return Hit(transfer.name, url, code=transfer.code, meta=meta, icon="shield-check")
