"""Keep how somebody looks at a list."""

from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.versions import lock_row, lock_version, save_fields
from riskhub.search.choices import Sharing
from riskhub.search.models import ListSetting, SavedView
from riskhub.search.pages import is_too_much
from riskhub.search.permissions import can_share_with

Query = Mapping[str, list[str]]
MOST_VIEWS = 100


def keep_setting(page: str, *, by: User, columns: Sequence[str], is_compact: bool) -> ListSetting:
    """What this person sees in this list from now on."""
    with acting(by, "list.arranged"):
        chosen = {"columns": list(columns), "is_compact": is_compact}
        setting, _is_new = ListSetting.objects.update_or_create(
            owner=by, page=page, defaults=chosen
        )
        return setting


def create_saved_view(
    page: str, *, by: User, name: str, query: Query, columns: list[str],
    shared_with: str = Sharing.NONE, is_pinned: bool = False,
) -> SavedView:  # fmt: skip
    """Keep a question under a name; raises ValidationError where the name is taken."""
    with acting(by, "saved_view.created"):
        if SavedView.objects.filter(owner=by, page=page).count() >= MOST_VIEWS:
            words = _("You have %(most)s views of this list. Delete one first.")
            raise ValidationError(words % {"most": MOST_VIEWS})
        view = SavedView(
            page=page, name=name, query=dict(query), columns=columns, owner=by,
            is_pinned=is_pinned, **_shared(by, shared_with),
        )  # fmt: skip
        _check(view)
        view.save()
        return view


def edit_saved_view(
    view: SavedView, *, by: User, version: int | None, name: str, shared_with: str, is_pinned: bool
) -> SavedView:
    """Another name, other people, a tab or none; raises StaleVersion when it was changed meanwhile."""
    with acting(by, "saved_view.edited"):
        stored = lock_version(view, version)
        fields = {"name": name, "is_pinned": is_pinned}
        if shared_with != stored.shared_with:
            fields |= _shared(by, shared_with)
        for field, value in fields.items():
            setattr(stored, field, value)
        _check(stored)
        return save_fields(stored, **fields)


def retake_saved_view(view: SavedView, *, by: User, query: Query, columns: list[str]) -> SavedView:
    """The same view with what the list shows now."""
    with acting(by, "saved_view.edited"):
        stored = lock_row(view)
        stored.query, stored.columns = dict(query), columns
        _check(stored)
        return save_fields(stored, query=dict(query), columns=columns)


def delete_saved_view(view: SavedView, *, by: User) -> None:
    """The audit keeps what was in it."""
    with acting(by, "saved_view.deleted"):
        view.delete()


def _shared(by: User, shared_with: str) -> dict[str, object]:
    if not can_share_with(by, shared_with):
        raise ValidationError({"shared_with": _("Your role does not let you share with these.")})
    is_of_department = shared_with == Sharing.DEPARTMENT
    department = by.department if is_of_department else None
    return {"shared_with": shared_with, "department": department}


def _check(view: SavedView) -> None:
    if is_too_much(view.query, view.columns):
        raise ValidationError(_("This is more than a view can hold. Choose fewer filters."))
    view.full_clean(exclude=["query", "columns"])
