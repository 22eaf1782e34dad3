from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.utils import timezone

from registers.models import Control
from tests.registers.audit import Trail
from tests.registers.pages import messages_of

URL = "/controls/new/"


@pytest.fixture
def values(ops):
    return {
        "title": "完工试压", "type": "preventive", "owner_department": ops.pk, "owner": "",
        "state": "active", "check_every_days": 30, "next_check_on": "", "evidence": "照片",
        "description": "", "yearly_cost": "", "title_alt": "", "lang": "zh-hans",
        "client_uuid": str(uuid4()),
    }  # fmt: skip


def test_added_with_the_next_number(values, manager):
    assert manager.get(URL).status_code == 200
    trail = Trail()
    response = manager.post(URL, values | {"yearly_cost": "1200"})
    assert (response.status_code, response["Location"]) == (302, "/controls/C-101/")
    control = Control.objects.get()
    assert (control.state, control.yearly_cost) == ("active", Decimal(1200))
    assert control.next_check_on == timezone.localdate() + timedelta(days=30)
    assert trail.only("registers_control").action == "control.created"
    assert len(messages_of(response)) == 1


def test_planned_only(values, manager):
    manager.post(URL, values | {"state": "draft"})
    assert Control.objects.get().next_check_on is None


def test_a_double_click_and_back_and_again_add_nothing(values, manager):
    for key in (values["client_uuid"], values["client_uuid"], str(uuid4())):
        response = manager.post(URL, values | {"client_uuid": key})
        assert response["Location"] == "/controls/C-101/"
    assert Control.objects.count() == 1
    (said,) = messages_of(response)[-1:]
    assert "C-101" in said


def test_the_same_form_with_other_words(values, manager):
    manager.post(URL, values)
    response = manager.post(URL, values | {"title": "别的控制"})
    assert response.status_code == 422
    assert "别的控制" in response.content.decode()
    key = response.context["form"]["client_uuid"].value()
    assert manager.post(URL, values | {"title": "别的控制", "client_uuid": key}).status_code == 302
    assert Control.objects.count() == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", " "), ("type", ""), ("type", "x"), ("owner_department", ""), ("check_every_days", 0),
        ("check_every_days", 731), ("yearly_cost", "-1"), ("next_check_on", "0026-01-01"),
        ("state", "retired"), ("lang", "fr"),
    ],
)  # fmt: skip
def test_what_is_refused_at_its_field(values, manager, part, field, value):
    response = part(manager, URL, "control-form", values | {field: value})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert "<html" not in response.content.decode()
    assert Control.objects.count() == 0


def test_an_error_is_not_folded_away(values, manager):
    response = manager.post(URL, values | {"yearly_cost": "x"})
    assert response.context["form"].more_is_open() is True


def test_a_head_adds_for_their_own_departments(
    values, sign_in, head_cleaning, tech, clean, staff_repair, staff_cleaning
):
    client = sign_in(head_cleaning)
    assert client.post(URL, values | {"owner_department": tech.pk}).status_code == 422
    refused = client.post(URL, values | {"owner": staff_repair.pk})
    assert list(refused.context["form"].errors) == ["owner"]
    # Staff of CLEAN do not see what belongs to OPS above it.
    refused = client.post(URL, values | {"owner": staff_cleaning.pk})
    assert list(refused.context["form"].errors) == ["owner"]
    own = {"owner_department": clean.pk, "owner": staff_cleaning.pk}
    assert client.post(URL, values | own).status_code == 302
    assert Control.objects.get().owner == staff_cleaning


def test_what_is_posted_besides_is_not_read(values, manager):
    manager.post(URL, values | {"number": 7, "library_code": "C-01", "retired_reason": "x"})
    control = Control.objects.get()
    assert (control.code, control.library_code, control.retired_reason) == ("C-101", "", "")


@pytest.mark.parametrize("who", ["staff_cleaning", "approver", "auditor", "admin", "outsider"])
def test_not_allowed(values, sign_in, request, who):
    client = sign_in(request.getfixturevalue(who))
    assert (client.get(URL).status_code, client.post(URL, values).status_code) == (403, 403)
    assert Control.objects.count() == 0


def test_wrong_method(db, manager):
    assert manager.put(URL).status_code == 405
