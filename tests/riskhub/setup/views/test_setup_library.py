"""The first register from the library: what fits the services is ticked."""

import pytest

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


def test_back_keeps_the_ticks(as_founder, fields):
    assert as_founder.post(URL, fields | {"go": "back"})["Location"] == "/setup/matrix/"
    assert as_founder.get(URL).context["chosen"] == fields["entries"]
