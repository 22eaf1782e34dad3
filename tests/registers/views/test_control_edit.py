from datetime import timedelta

import pytest
from django.utils import timezone

from registers.models import Control
from registers.services import edit_control, retire_control
from tests.builders import check
from tests.registers.audit import Trail

URL = "/controls/C-101/edit/"


@pytest.fixture
def values(control):
    """What the browser sends back when nothing is changed."""
    return {
        "title": control.title, "type": "preventive", "owner_department": control.owner_department_id,
        "owner": "", "check_every_days": 30, "next_check_on": control.next_check_on.isoformat(),
        "evidence": "", "description": "", "yearly_cost": "", "title_alt": "", "lang": "zh-hans",
        "row_version": 1,
    }  # fmt: skip


def test_what_was_changed_and_nothing_else(values, manager):
    trail = Trail()
    response = manager.post(URL, values | {"title": "试压 10 分钟"})
    assert (response.status_code, response["Location"]) == (302, "/controls/C-101/")
    event = trail.only("registers_control")
    assert (event.action, set(event.after)) == ("control.edited", {"title", "row_version"})


def test_nothing_changed_is_no_fault(values, manager):
    assert manager.post(URL, values).status_code == 302


def test_the_form_shows_what_is_stored(control, manager):
    form = manager.get(URL).context["form"]
    assert (form["title"].value(), form["row_version"].value()) == ("完工试压", 1)
    assert f'value="{control.next_check_on.isoformat()}"' in str(form["next_check_on"])
    assert "state" not in form.fields


def test_another_interval_moves_the_next_check_along(values, manager):
    manager.post(URL, values | {"check_every_days": 7})
    assert Control.objects.get().next_check_on == timezone.localdate() + timedelta(days=7)


class TestSomebodyWasFaster:
    @pytest.fixture
    def response(self, values, control, risk_manager, manager, part):
        edit_control(control, by=risk_manager, version=1, title="别人的名称")
        return part(manager, URL, "control-form", values | {"title": "我的名称"})

    def test_409_with_both_texts_and_mine_in_the_form(self, response):
        body = response.content.decode()
        assert response.status_code == 409
        assert "别人的名称" in body
        assert 'value="我的名称"' in body
        assert "<html" not in body
        assert Control.objects.get().title == "别人的名称"

    def test_saving_again_is_a_decision(self, response, values, manager):
        version = response.context["form"]["row_version"].value()
        manager.post(URL, values | {"title": "我的名称", "row_version": version})
        assert Control.objects.get().title == "我的名称"

    def test_a_check_that_was_recorded_meanwhile(self, values, control, manager, risk_manager):
        form = manager.get(URL).context["form"]
        check(control, by=risk_manager, done_on=timezone.localdate() - timedelta(days=1))
        sent = values | {"title": "我的名称", "opened": form["opened"].value()}
        response = manager.post(URL, sent)
        conflict = response.context["conflict"]
        assert (response.status_code, conflict.differences) == (409, [])
        assert [one.anchor for one in conflict.taken] == ["id_next_check_on"]


@pytest.mark.parametrize("version", ["", "x", "0", "99"])
def test_a_version_that_was_never_read(values, manager, version):
    assert manager.post(URL, values | {"row_version": version}).status_code in {409, 422}


def test_what_the_rule_refuses_stands_at_its_field(values, control, manager, risk_manager):
    check(control, by=risk_manager)
    sent = values | {"row_version": 2, "next_check_on": timezone.localdate().isoformat()}
    response = manager.post(URL, sent)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["next_check_on"]


def test_one_in_use_keeps_its_day(values, manager):
    response = manager.post(URL, values | {"next_check_on": ""})
    assert list(response.context["form"].errors) == ["next_check_on"]


def test_an_owner_who_does_not_see_it(values, manager, staff_repair):
    response = manager.post(URL, values | {"owner": staff_repair.pk})
    assert list(response.context["form"].errors) == ["owner"]


def test_an_owner_who_left_is_asked_for_anew(values, control, manager, risk_manager, head_cleaning):
    edit_control(control, by=risk_manager, version=1, owner=head_cleaning)
    head_cleaning.is_active = False
    head_cleaning.save()
    sent = values | {"owner": head_cleaning.pk, "row_version": 2, "title": "新"}
    answer = manager.post(URL, sent)
    assert answer.context["form"].errors["owner"] == ["周立的账号已停用。选别人。"]
    assert manager.post(URL, sent | {"owner": risk_manager.pk}).status_code == 302


def test_a_retired_one_is_not_changed(values, control, manager, risk_manager):
    retire_control(control, by=risk_manager, reason="停用")
    assert manager.get(URL)["Location"] == "/controls/C-101/"
    response = manager.post(URL, values | {"title": "一个很长的新名称"})
    assert (response.status_code, "一个很长的新名称" in response.content.decode()) == (409, True)


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("ops_manager", 302), ("head_cleaning", 302), ("approver", 403), ("auditor", 403),
        ("admin", 403), ("staff_cleaning", 404), ("head_repair", 404), ("outsider", 404),
    ],
)  # fmt: skip
def test_who_may(values, sign_in, request, who, status):
    client = sign_in(request.getfixturevalue(who))
    assert client.get(URL).status_code == (200 if status == 302 else status)
    assert client.post(URL, values | {"title": "新"}).status_code == status
    assert (Control.objects.get().title == "新") is (status == 302)


def test_wrong_method(control, manager):
    assert manager.put(URL).status_code == 405
