"""The first register from the library: what fits the services is ticked."""

import pytest
from django.core.exceptions import ValidationError

from registers.models import LibraryRisk, Register, Risk, ServiceLine

URL = "/setup/library/"


@pytest.fixture
def fields(ops):
    return {"code": "svc", "name_zh": "服务风险", "department": ops.pk, "entries": ["L01", "L02"]}


@pytest.fixture(autouse=True)
def _codes(db, fields):
    fields["entries"] = list(LibraryRisk.objects.values_list("code", flat=True)[:2])


def test_a_register_with_the_ticked(as_founder, fields):
    assert as_founder.get(URL).status_code == 200
    assert as_founder.post(URL, fields)["Location"] == "/setup/done/"
    assert Register.objects.get().code == "SVC"
    assert Risk.objects.count() == 2


def test_twice_is_once(as_founder, fields):
    as_founder.post(URL, fields)
    as_founder.post(URL, {"register": "SVC", "entries": fields["entries"]})
    assert (Register.objects.count(), Risk.objects.count()) == (1, 2)


def test_the_same_form_sent_twice_is_once(as_founder, fields):
    """A double click, or Back and send again: the register is there, and the form named a new one."""
    for _time in range(2):
        assert as_founder.post(URL, fields)["Location"] == "/setup/done/"
    assert (Register.objects.count(), Risk.objects.count()) == (1, 2)


@pytest.mark.parametrize("code", ["", "OTHER"])
def test_with_a_register_there_it_has_to_be_named(as_founder, part, fields, register, code):
    response = part(as_founder, URL, "setup-form", fields | {"code": code})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["register"])
    assert list(Register.objects.all()) == [register]
    assert not Risk.objects.exists()


def test_what_fits_the_services_is_ticked(as_founder):
    line = ServiceLine.objects.first()
    ServiceLine.objects.exclude(pk=line.pk).update(is_active=False)
    wanted = {
        one.code for one in LibraryRisk.objects.all() if line.code in one.body["service_lines"]
    }
    assert set(as_founder.get(URL).context["chosen"]) == wanted


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"code": ""}, "code"), ({"name_zh": ""}, "name_zh"), ({"department": "987654"}, "department"),
     ({"entries": []}, "entries")],
)  # fmt: skip
def test_a_refusal_keeps_the_ticks(as_founder, part, fields, changed, field):
    response = part(as_founder, URL, "setup-form", fields | changed)
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert response.context["chosen"] == (fields | changed)["entries"]
    assert not Register.objects.exists()


@pytest.mark.parametrize("code", ["a/b", "SVC 2", "s v/c 中", "?", "x" * 21, "a\tb"])
def test_a_code_that_cannot_stand_in_an_address_is_refused_as_elsewhere(
    as_founder, part, fields, code
):
    response = part(as_founder, URL, "setup-form", fields | {"code": code})
    form = response.context["form"]
    assert (response.status_code, list(form.errors)) == (422, ["code"])
    if len(code) <= 20:
        new = as_founder.post("/registers/new/", fields | {"code": code}).context["form"]
        assert form.errors["code"] == new.errors["code"]
    assert (form["code"].value(), form["name_zh"].value()) == (code, "服务风险")
    assert not Register.objects.exists()


def test_a_code_that_is_taken_by_a_closed_register_is_refused(as_founder, part, fields, register):
    Register.objects.update(code="SVC", state="archived")
    response = part(as_founder, URL, "setup-form", fields)
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["code"])


def test_what_the_service_alone_knows_is_said(as_founder, part, fields, monkeypatch):
    """Somebody makes a register of the same code between the look and the saving."""

    def late(**_given):
        raise ValidationError({"code": ["晚了"]})

    monkeypatch.setattr("riskhub.setup.views.set_up_library", late)
    response = part(as_founder, URL, "setup-form", fields)
    assert response.status_code == 422
    assert response.context["form"].errors == {"code": ["晚了"]}


def test_back_keeps_the_ticks(as_founder, fields):
    assert as_founder.post(URL, fields | {"go": "back"})["Location"] == "/setup/matrix/"
    assert as_founder.get(URL).context["chosen"] == fields["entries"]
