"""Enter a policy, a clause or a supplier, change it, end it and take it into use again."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from registers.choices import TransferState
from registers.models.transfers import Transfer
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.transitions import move
from riskhub.audit.versions import lock_row, lock_version, save_fields
from riskhub.entry.repeats import KeyReused
from riskhub.entry.texts import capitals


@dataclass(frozen=True, kw_only=True)
class TransferDraft:
    """The same `client_uuid` sent again is the same row; with another content it is refused."""

    code: str
    name_zh: str
    name_en: str = ""
    valid_until: date | None = None
    note: str = ""
    client_uuid: UUID | None = None


def create_transfer(model: type[Transfer], draft: TransferDraft, *, by: User | None) -> Transfer:
    with acting(by, "transfer.created"):
        made = model(**vars(draft) | {"code": capitals(draft.code)})
        made.clean_fields()
        if before := _made_before(made):
            return before
        made.full_clean()
        try:
            with transaction.atomic():
                made.save()
        except IntegrityError:  # the same form, or the same code, at the same moment
            if before := _made_before(made):
                return before
            raise ValidationError({"code": _("This code is taken. Choose another one.")}) from None
        return made


def edit_transfer(
    transfer: Transfer,
    *,
    by: User,
    version: int | None,
    **fields: Any,  # noqa: ANN401 - model fields
) -> Transfer:
    """Names, the last day, the note. The code stays. Prolonged after its end, it ends once more."""
    with acting(by, "transfer.edited"):
        stored = lock_version(transfer, version)
        was_over = stored.is_expired
        for name, value in fields.items():
            setattr(stored, name, value)
        stored.full_clean(exclude=["code"])
        if was_over and not stored.is_expired:
            fields["renewals"] = stored.renewals + 1
        return save_fields(stored, **fields)


def end_transfer(transfer: Transfer, *, by: User) -> Transfer:
    """Offered no more; what names it goes on naming it."""
    with acting(by, "transfer.ended"):
        return move(transfer, TransferState.ENDED)


def reopen_transfer(transfer: Transfer, *, by: User) -> Transfer:
    with acting(by, "transfer.reopened"):
        renewals = lock_row(transfer).renewals + 1
        return move(transfer, TransferState.ACTIVE, renewals=renewals)


def _made_before(made: Transfer) -> Transfer | None:
    """What came with the same key; raises KeyReused where it was something else."""
    if made.client_uuid is None:
        return None
    rows = type(made)._default_manager
    before: Transfer | None = rows.filter(client_uuid=made.client_uuid).first()
    if before is not None and before.code != made.code:
        raise KeyReused
    return before
