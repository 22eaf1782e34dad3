"""Another name, other people; and what the list shows now."""

import pytest
from django.db import IntegrityError, transaction

from riskhub.search.models import SavedView
from tests.registers.audit import Trail


@pytest.fixture
def client(sign_in, risk_manager):
    return sign_in(risk_manager)


def change(client, view, **fields):
    data = {"name": view.name, "shared_with": "none", "row_version": view.row_version} | fields
    return client.post(f"/views/{view.pk}/", data)


def test_renamed_and_shared(client, view):
    trail = Trail()
    answer = change(client, view, name="重点", shared_with="all", is_pinned="on")
    assert answer["Location"].endswith(f"&saved={view.pk}")
    view.refresh_from_db()
    assert (view.name, view.shared_with, view.is_pinned, view.row_version) == (
        "重点",
        "all",
        True,
        2,
    )
    assert view.query == {"level": ["high"], "group": ["area"]}
    assert trail.events() == [("saved_view.edited", "search_savedview", "update")]


def test_changed_meanwhile(client, view):
    change(client, view, name="甲")
    late = change(client, view, name="乙")
    assert late.status_code == 409
    body = late.content.decode()
    assert "甲" in body
    assert "乙" in body
    assert SavedView.objects.get().name == "甲"


def test_only_its_owner_changes_it(client, view, sign_in, auditor):
    other = sign_in(auditor)
    assert change(other, view).status_code == 404
    change(client, view, shared_with="all")
    assert change(other, view).status_code == 403
    assert other.post(f"/views/{view.pk}/retake/").status_code == 403
    assert other.post(f"/views/{view.pk}/delete/").status_code == 403
    assert SavedView.objects.count() == 1


def test_sharing_stays_where_the_role_is_gone(client, view, risk_manager, sign_in):
    change(client, view, shared_with="all")
    risk_manager.role_assignments.all().delete()
    view.refresh_from_db()
    assert change(sign_in(risk_manager), view, name="新", shared_with="all").status_code == 302
    view.refresh_from_db()
    assert change(sign_in(risk_manager), view, shared_with="none").status_code == 302
    view.refresh_from_db()
    assert change(sign_in(risk_manager), view, shared_with="all").status_code == 422


def test_a_department_stands_where_it_is_for_one(view):
    for fields in ({"shared_with": "department"}, {"department": 1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SavedView.objects.update(**fields)
