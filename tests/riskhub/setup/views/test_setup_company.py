"""The company and its departments; Back and Later keep what was typed, unchecked."""

import pytest

from riskhub.accounts.models import Department
from riskhub.company.preferences import company_names
from riskhub.setup.steps import Progress
from tests.builders import make_risk

URL = "/setup/company/"


@pytest.fixture
def fields(db):
    kept = [str(pk) for pk in Department.objects.values_list("pk", flat=True)]
    return {"company_name_zh": "安心到家", "company_name_en": "", "kept": kept, "more": "花园部"}


def test_saved_and_on(as_founder, fields):
    assert as_founder.get(URL).status_code == 200
    assert as_founder.post(URL, fields)["Location"] == "/setup/people/"
    assert company_names() == ("安心到家", "安心到家")
    assert Department.objects.get(name_zh="花园部").is_active
    assert Progress.stored().states == {"company": "done"}


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"company_name_zh": ""}, "company_name_zh"), ({"kept": ["987654"]}, "kept"),
     ({"kept": [], "more": ""}, "kept"), ({"more": "运" * 101}, "more")],
)  # fmt: skip
def test_a_refusal_names_the_field(as_founder, part, fields, changed, field):
    response = part(as_founder, URL, "setup-form", fields | changed)
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert response.content.decode().lstrip().startswith("<form")
    assert Progress.stored().states == {}


def test_a_department_in_use_is_named(as_founder, fields, register, founder):
    make_risk(register, by=founder)
    response = as_founder.post(URL, fields | {"kept": fields["kept"][:1]})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["kept"])


@pytest.mark.parametrize(("go", "url"), [("later", "/"), ("back", "/")])
def test_nothing_typed_is_lost(as_founder, fields, go, url):
    typed = fields | {"company_name_zh": "", "kept": fields["kept"][:2], "go": go}
    assert as_founder.post(URL, typed)["Location"] == url
    form = as_founder.get(URL).context["form"]
    assert (form["company_name_zh"].value(), form["more"].value()) == ("", "花园部")
    assert form["kept"].value() == fields["kept"][:2]
    assert Progress.stored().states == {}


def test_passed_over(as_founder):
    assert as_founder.post(URL, {"go": "skip"})["Location"] == "/setup/people/"
    assert Progress.stored().states == {"company": "skipped"}
    assert "已跳过" in as_founder.get("/setup/people/").content.decode()
