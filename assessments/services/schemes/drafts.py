"""Write a matrix: nothing of it counts until management has approved it."""

from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from assessments.choices import EDITED_SCHEME_STATES, SchemeState
from assessments.models import MatrixScheme, SchemeAuthor
from assessments.schemes.content import SchemeContent
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.transitions import WrongState, move
from riskhub.audit.versions import lock_version, save_fields
from riskhub.entry.repeats import KeyReused


def start_scheme(
    content: SchemeContent, *, by: User, client_uuid: UUID | None = None
) -> MatrixScheme:
    """A draft with the next number; the same `client_uuid` sent twice is one draft."""
    with acting(by, "scheme.started"):
        _lock_in_force()
        if made := _made_before(client_uuid, by):
            return made
        last = MatrixScheme.objects.aggregate(last=Max("number"))["last"] or 0
        scheme = MatrixScheme.objects.create(
            number=last + 1, created_by=by, created_at=timezone.now(), client_uuid=client_uuid,
            **_columns(content),
        )  # fmt: skip
        SchemeAuthor.objects.create(scheme=scheme, user=by)
        return _stored(scheme)


def save_scheme(
    scheme: MatrixScheme, *, by: User, content: SchemeContent, version: int | None
) -> MatrixScheme:
    """Keep a draft; whoever keeps a word of it does not approve it. Raises StaleVersion, WrongState."""
    with acting(by, "scheme.edited"):
        stored = lock_version(scheme, version)
        if stored.state not in EDITED_SCHEME_STATES:
            raise WrongState(stored, SchemeState.DRAFT)
        if stored.content == content.canonical():
            return stored
        if stored.state == SchemeState.CHANGES_REQUESTED:
            move(stored, SchemeState.DRAFT)
        SchemeAuthor.objects.get_or_create(scheme=stored, user=by)
        return _stored(save_fields(stored, **_columns(content)))


def discard_scheme(scheme: MatrixScheme, *, by: User, version: int | None) -> MatrixScheme:
    """It stays in the list, and its number is not given again."""
    with acting(by, "scheme.discarded"):
        return move(lock_version(scheme, version), SchemeState.DISCARDED)


def _columns(content: SchemeContent) -> dict[str, object]:
    return {
        "name_zh": content.name.zh, "name_en": content.name.en,
        "reference_orders": content.reference_orders, "band_factor": content.band_factor,
        "open_ends": content.open_ends, "declared_floors": content.declared_floors,
        "content": content.canonical(),
    }  # fmt: skip


def _stored(scheme: MatrixScheme) -> MatrixScheme:
    """With the hash, which the database computes."""
    scheme.refresh_from_db()
    return scheme


def _lock_in_force() -> None:
    """One draft gets the next number at a time."""
    list(MatrixScheme.objects.select_for_update(no_key=True).in_force())


def _made_before(client_uuid: UUID | None, by: User) -> MatrixScheme | None:
    made = MatrixScheme.objects.filter(client_uuid=client_uuid).first() if client_uuid else None
    if made and made.created_by_id != by.pk:
        raise KeyReused
    return made
