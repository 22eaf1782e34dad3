"""What files may belong to. The packages above say it in `ready()`; this one knows none of them.

    register_owner(Owner(Risk, visible=Risk.objects.visible_to, may_change=can_edit_risk,
                         page=Risk.get_absolute_url, department="owner_department"))

A file is seen by whoever sees the thing to which it belongs, and by nobody else.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import BigIntegerField, Case, Model, OuterRef, Q, QuerySet, Subquery, When

from riskhub.files.discussions import Discussion

if TYPE_CHECKING:
    from riskhub.accounts.models import User

MOST = 20


@dataclass(frozen=True)
class Owner:
    """`visible(user)` are the rows that the user sees, `department` the way from a row to its own.

    `may_change(user, row)` is asked where somebody adds a file to what is there, or takes one away;
    `page(row)` is where its files are shown. `locked(row)` is locked while files are added: another
    row where this one is only ever written once. With a `discussion` people may comment on it. `over()`
    are the rows whose files nobody needs any more: they are removed for good.
    """

    model: type[Model]
    visible: "Callable[[User], QuerySet[Any]]"
    may_change: "Callable[[User, Any], bool]"
    page: Callable[[Any], str]
    department: str
    most: int = MOST
    locked: Callable[[Any], Model] = lambda row: row
    discussion: Discussion | None = None
    over: Callable[[], QuerySet[Any]] | None = None

    @property
    def type(self) -> str:
        return type_of_owner(self.model)


_owners: dict[str, Owner] = {}


def register_owner(owner: Owner) -> None:
    _owners[owner.type] = owner


def owner_for(owner_type: str) -> Owner | None:
    return _owners.get(owner_type)


def owner_of(row: Model) -> Owner:
    """KeyError for a model that no package has registered."""
    return _owners[type_of_owner(type(row))]


def is_talked_about(model: type[Model]) -> bool:
    """Whether people may comment on such rows."""
    owner = _owners.get(type_of_owner(model))
    return owner is not None and owner.discussion is not None


def name_of(row: Model) -> str:
    """As it stands in addresses: registers.risk-12."""
    return f"{type_of_owner(type(row))}-{row.pk}"


def type_of_owner(model: type[Model]) -> str:
    return model._meta.label_lower


def seen_by(user: "User") -> Q:
    """The attachments and comments of all that the user sees."""
    found = Q(pk__in=[])
    for owner in _owners.values():
        found |= _of(owner, owner.visible(user))
    return found


def in_departments(ids: Collection[int]) -> Q:
    """The attachments and comments of what belongs to these departments."""
    found = Q(pk__in=[])
    for owner in _owners.values():
        rows = owner.model._base_manager.filter(**{f"{owner.department}__in": ids})
        found |= _of(owner, rows)
    return found


def over() -> Q:
    """The attachments whose time is over, as the packages of their things say."""
    found = Q(pk__in=[])
    for owner in _owners.values():
        if owner.over:
            found |= _of(owner, owner.over())
    return found


def department_of_each() -> Case:
    """The department of what an attachment or comment belongs to."""
    return Case(
        *(
            When(owner_type=owner.type, then=Subquery(
                owner.model._base_manager.filter(pk=OuterRef("owner_id"))
                .values(owner.department)[:1]
            ))
            for owner in _owners.values()
        ),
        default=None,
        output_field=BigIntegerField(),
    )  # fmt: skip


def _of(owner: Owner, rows: QuerySet[Any]) -> Q:
    return Q(owner_type=owner.type, owner_id__in=rows.order_by().values("pk"))
