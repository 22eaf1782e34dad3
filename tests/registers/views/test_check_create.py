from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from registers.models import Control, ControlCheck
from registers.services import edit_control, retire_control
from riskhub.files.models import Attachment
from tests.builders import check, make_control
from tests.photos import picture
from tests.registers.audit import Trail
from tests.registers.pages import links_of, messages_of

URL = "/controls/C-101/check/"


def days(n):
    return timezone.localdate() + timedelta(days=n)


@pytest.fixture
def values(control):
    return {
        "done_on": days(0).isoformat(), "design_ok": "yes", "sample_size": 20, "exceptions": 3,
        "effectiveness": "", "note": "", "evidence": "抽查表", "due_on": control.next_check_on.isoformat(),
    }  # fmt: skip


def test_recorded_with_what_the_rule_says(values, manager):
    page = manager.get(URL)
    assert page.status_code == 200
    assert page.context["form"]["due_on"].value() == days(30)
    trail = Trail()
    response = manager.post(URL, values)
    assert (response.status_code, response["Location"]) == (302, "/controls/C-101/")
    made = ControlCheck.objects.get()
    assert (made.sample_size, made.exceptions, made.effectiveness) == (20, 3, "partly")
    assert (made.due_on, made.done_on, made.done_by.username) == (days(30), days(0), "risk.manager")
    assert {event.action for event in trail.rows()} == {"control.checked"}
    assert Control.objects.get().next_check_on == days(30)
    (said,) = messages_of(response)
    assert "部分有效" in said


def test_another_result_with_a_note(values, manager):
    sent = values | {"effectiveness": "ineffective"}
    refused = manager.post(URL, sent)
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["note"])
    assert "部分有效" in refused.content.decode()
    assert manager.post(URL, sent | {"note": "都在夜班"}).status_code == 302
    assert ControlCheck.objects.get().effectiveness == "ineffective"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"exceptions": 21}, "exceptions"), ({"exceptions": ""}, "exceptions"),
        ({"exceptions": -1}, "exceptions"), ({"sample_size": ""}, "sample_size"),
        ({"sample_size": 10_000_000}, "sample_size"), ({"design_ok": ""}, "design_ok"),
        ({"design_ok": "x"}, "design_ok"), ({"done_on": "tomorrow"}, "done_on"),
        ({"done_on": "x"}, "done_on"), ({"effectiveness": "x"}, "effectiveness"),
        ({"sample_size": 0, "exceptions": 0, "effectiveness": "effective"}, "effectiveness"),
        ({"note": "x" * 2001}, "note"), ({"due_on": ""}, "due_on"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_at_its_field(values, manager, part, change, field):
    if change == {"done_on": "tomorrow"}:  # not said above: midnight may pass in between
        change = {"done_on": days(1).isoformat()}
    response = part(manager, URL, "check-form", values | change)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert "<html" not in response.content.decode()
    assert "抽查表" in response.content.decode()
    assert ControlCheck.objects.count() == 0


def test_a_second_check_on_one_day_says_what_the_first_one_found(values, manager):
    assert "今天已由" not in manager.get(URL).content.decode()
    manager.post(URL, values)
    words = manager.get(URL).content.decode()
    assert "今天已由 陈静 检查：20 项中 3 项不符合，部分有效。" in words


@pytest.mark.parametrize("number", ["1000001", "-1", "2.5", "many"])
def test_how_many_is_a_whole_number_in_bounds(values, manager, number):
    page = manager.post(URL, values | {"sample_size": number})
    assert page.status_code == 422
    assert page.context["form"].errors["sample_size"] == ["填写 0 到 1,000,000 之间的整数。"]


def test_impossible_numbers_are_said_though_something_else_is_missing(values, manager):
    page = manager.post(URL, values | {"sample_size": 3, "exceptions": 20, "design_ok": ""})
    assert set(page.context["form"].errors) == {"design_ok", "exceptions"}


def test_the_preview_stays_beside_an_error(values, manager):
    response = manager.post(URL, values | {"done_on": "x"})
    assert response.context["preview"].result == "partly"


class TestSentAgain:
    def test_a_double_click_is_one_check(self, values, manager):
        manager.post(URL, values)
        assert manager.post(URL, values).status_code == 302
        assert ControlCheck.objects.count() == 1

    def test_the_page_carries_its_own_key(self, values, control, manager):
        """Sent twice it is one; opened again on the same day it is another, and both are kept."""
        for _page in range(2):
            form = manager.get(URL).context["form"]
            hidden = {name: form[name].value() for name in ("due_on", "last_check", "client_uuid")}
            for _n in range(2):
                assert manager.post(URL, values | hidden).status_code == 302
        assert ControlCheck.objects.count() == 2
        assert Control.objects.get().next_check_on == days(30)

    def test_somebody_else_was_faster_though_the_day_is_the_same(
        self, values, control, manager, second_manager
    ):
        form = manager.get(URL).context["form"]
        hidden = {name: form[name].value() for name in ("due_on", "last_check", "client_uuid")}
        check(control, by=second_manager)
        assert manager.post(URL, values | hidden).status_code == 409
        assert ControlCheck.objects.count() == 1

    def test_other_facts_under_the_same_key_can_be_sent_again(self, values, manager):
        form = manager.get(URL).context["form"]
        hidden = {name: form[name].value() for name in ("due_on", "last_check", "client_uuid")}
        manager.post(URL, values | hidden)
        refused = manager.post(URL, values | hidden | {"exceptions": 4})
        assert (refused.status_code, ControlCheck.objects.count()) == (422, 1)
        key = refused.context["form"]["client_uuid"].value()
        again = values | hidden | {"exceptions": 4, "client_uuid": key}
        assert manager.post(URL, again).status_code == 302
        assert ControlCheck.objects.count() == 2

    def test_somebody_else_was_faster(self, values, control, manager, second_manager):
        check(control, by=second_manager)
        sent = values | {"evidence": "抽查了二十份工单"}
        response = manager.post(URL, sent)
        body = response.content.decode()
        assert (response.status_code, "李强" in body, "抽查了二十份工单" in body) == (
            409,
            True,
            True,
        )
        assert ControlCheck.objects.count() == 1

    def test_the_day_was_moved_meanwhile(self, values, control, manager, risk_manager):
        edit_control(control, by=risk_manager, version=None, next_check_on=days(12))
        assert manager.post(URL, values).status_code == 409
        assert ControlCheck.objects.count() == 0


def test_what_is_not_in_use_is_not_checked(values, control, manager, risk_manager):
    retire_control(control, by=risk_manager, reason="停用")
    assert manager.get(URL)["Location"] == "/controls/C-101/"
    assert manager.post(URL, values).status_code == 409
    assert ControlCheck.objects.count() == 0


def test_the_owner_checks_their_own(ops, clean, risk_manager, sign_in, staff_cleaning):
    own = make_control(clean, by=risk_manager, owner=staff_cleaning)
    others = make_control(clean, by=risk_manager, title="别人的")
    client = sign_in(staff_cleaning)
    sent = {
        "done_on": days(0).isoformat(), "design_ok": "yes", "sample_size": 5, "exceptions": 0,
        "due_on": own.next_check_on.isoformat(),
    }  # fmt: skip
    assert client.post(f"/controls/{own.code}/check/", sent).status_code == 302
    assert client.post(f"/controls/{others.code}/check/", sent).status_code == 403
    assert client.get(f"/controls/{others.code}/check/").status_code == 403
    assert ControlCheck.objects.get().done_by == staff_cleaning


class TestProof:
    """Files that show what was found: they belong to the check, and stand beside it."""

    def sent(self, values, colour="teal", **more):
        return values | {"proof": SimpleUploadedFile("抽查表.jpg", picture(colour))} | more

    def test_it_stands_beside_the_check(self, values, manager):
        trail = Trail()
        manager.post(URL, self.sent(values))
        assert {event.action for event in trail.rows()} == {"control.checked", "attachment.added"}
        (file,) = Attachment.objects.of(ControlCheck.objects.get())
        assert str(file) == "抽查表.jpg"
        page = manager.get("/controls/C-101/")
        assert links_of(page, "/files/") == [file.get_absolute_url()]
        assert manager.get(file.get_absolute_url()).status_code == 200

    def test_a_double_click_attaches_it_once(self, values, manager):
        for _n in range(2):
            assert manager.post(URL, self.sent(values)).status_code == 302
        assert Attachment.objects.count() == 1

    def test_a_refused_form_holds_it(self, values, manager):
        refused = manager.post(URL, self.sent(values, exceptions=21))
        assert refused.status_code == 422
        (kept,) = refused.context["form"]["proof"].field.widget.kept
        manager.post(URL, values | {"proof_kept": kept.token})
        assert str(Attachment.objects.get()) == "抽查表.jpg"

    def test_what_may_not_be_attached_is_said_there(self, values, manager):
        file = SimpleUploadedFile("a.exe", b"MZ")
        refused = manager.post(URL, values | {"proof": file})
        assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["proof"])
        assert ControlCheck.objects.count() == 0

    def test_another_department_does_not_get_it(self, values, manager, sign_in, head_repair):
        manager.post(URL, self.sent(values))
        file = Attachment.objects.get()
        assert sign_in(head_repair).get(file.get_absolute_url()).status_code == 404


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
    assert client.post(URL, values).status_code == status
    assert ControlCheck.objects.count() == (1 if status == 302 else 0)


def test_wrong_method(control, manager):
    assert manager.put(URL).status_code == 405
