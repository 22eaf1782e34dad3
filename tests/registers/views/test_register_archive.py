"""Archived when nothing is open in it; what is open stands on the page with the way to it."""

import re

import pytest

from registers.models import Register
from registers.services import archive_register, close_risk
from tests.assessments.uploads import NUMBERS, uploaded
from tests.registers.audit import Trail
from tests.registers.pages import codes_of, links_of, messages_of, text_of

URL = "/registers/SVC/archive/"


def numbers_in(text):
    return re.findall("[0-9]+", text)


def test_nothing_is_left(register, manager):
    trail = Trail()
    assert manager.get(URL).context["blockers"] == []
    response = manager.post(URL)
    assert (response.status_code, response["Location"]) == (302, "/registers/")
    event = trail.only("registers_register")
    assert (event.action, event.before, event.after) == (
        "register.archived",
        {"state": "active", "row_version": 1},
        {"state": "archived", "row_version": 2},
    )


def test_by_a_button_of_htmx(register, manager, part):
    response = part(manager, URL, "register-form", {"sent": "1"})
    assert (response.status_code, "/registers/" in response["HX-Location"]) == (204, True)
    assert Register.objects.get().state == "archived"


def test_open_risks_come_first(register, risk, other_risk, manager, part, risk_manager):
    (blocker,) = manager.get(URL).context["blockers"]
    response = part(manager, URL, "register-form", {"sent": "1"})
    assert response.status_code == 422
    assert response.content.decode().strip().startswith("<form")
    assert blocker.url in links_of(response)
    assert blocker.text in text_of(response)
    assert numbers_in(blocker.text) == ["2"]
    assert len(codes_of(manager.get(blocker.url))) == 2
    assert Register.objects.get().state == "active"
    for each in (risk, other_risk):
        close_risk(each, by=risk_manager, reason="停办")
    assert manager.post(URL).status_code == 302


def test_those_that_one_does_not_see_are_named_by_their_departments(
    risk, other_risk, ops_manager, sign_in, tech
):
    client = sign_in(ops_manager)
    own, others = client.post(URL).context["blockers"]
    assert numbers_in(own.text) == numbers_in(others.text) == ["1"]
    assert codes_of(client.get(own.url)) == ["R001"]
    assert (others.url, tech.name in others.text) == ("", True)


@pytest.mark.parametrize(("state", "waits"), [
    ("uploaded", True), ("applying", True), ("failed", True), ("applied", False), ("discard", False),
])  # fmt: skip
def test_a_waiting_import_comes_first(register, risk_manager, manager, state, waits):
    run = uploaded(NUMBERS, by=risk_manager)
    type(run).objects.update(state=state)
    response = manager.post(URL)
    if not waits:
        assert response.status_code == 302
        return
    (blocker,) = response.context["blockers"]
    assert (response.status_code, blocker.url) == (422, "/imports/")
    assert run.file.filename in blocker.text
    assert f"/imports/{run.pk}/" in links_of(manager.get(blocker.url))


def test_an_import_into_another_register_does_not_wait_here(register, risk_manager, manager, tech):
    other = Register.objects.create(code="OTHER", name_zh="其他", department=tech)
    uploaded(NUMBERS, by=risk_manager, code=other.code)
    assert manager.post(URL).status_code == 302


def test_twice(register, manager, risk_manager):
    archive_register(register, by=risk_manager)
    response = manager.get(URL)
    assert (response.status_code, len(messages_of(response))) == (302, 1)
    assert manager.post(URL).status_code == 409
    assert Register.objects.get().row_version == 2


def test_it_is_still_read_filtered_and_exported(register, risk, manager, risk_manager):
    close_risk(risk, by=risk_manager, reason="停办")
    archive_register(register, by=risk_manager)
    assert codes_of(manager.get("/risks/?register=SVC&state=all")) == ["R001"]
    exported = manager.get("/risks/export/?register=SVC&state=all&format=csv")
    assert "R001" in exported.getvalue().decode("utf-8-sig")


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("ops_manager", 302), ("head_cleaning", 403), ("approver", 403), ("auditor", 403),
        ("admin", 403), ("staff_repair", 404), ("outsider", 404),
    ],
)  # fmt: skip
def test_who_may(register, sign_in, request, who, status):
    client = sign_in(request.getfixturevalue(who))
    assert client.get(URL).status_code == (200 if status == 302 else status)
    assert client.post(URL).status_code == status
    assert Register.objects.get().state == ("archived" if status == 302 else "active")


def test_wrong_method(manager, register):
    assert manager.delete(URL).status_code == 405
