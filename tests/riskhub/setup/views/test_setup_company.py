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


@pytest.mark.parametrize("name", ["花\u200b园部", "  花园部  ", "花园部\n花园部", "\u200b\n花园部"])
def test_a_name_is_kept_as_it_is_seen(as_founder, fields, name):
    assert as_founder.post(URL, fields | {"more": name})["Location"] == "/setup/people/"
    assert Department.objects.filter(code__startswith="D0").get().name_zh == "花园部"


def test_a_part_and_what_it_is_a_part_of_are_opened_together(as_founder, fields, ops, clean):
    Department.objects.filter(pk__in=[ops.pk, clean.pk]).update(is_active=False)
    kept = [*fields["kept"], str(clean.pk)]
    assert as_founder.post(URL, fields | {"kept": kept})["Location"] == "/setup/people/"
    assert set(Department.objects.active().within(ops)) == {ops, clean}


def test_a_part_is_not_opened_without_the_whole(as_founder, part, fields, ops, clean):
    Department.objects.filter(pk__in=[ops.pk, clean.pk]).update(is_active=False)
    kept = [pk for pk in fields["kept"] if pk != str(ops.pk)] + [str(clean.pk)]
    response = part(as_founder, URL, "setup-form", fields | {"kept": kept})
    assert response.status_code == 422
    assert ops.name in str(response.context["form"].errors)
    assert Progress.stored().states == {}


def test_a_department_in_use_is_named(as_founder, fields, register, founder):
    make_risk(register, by=founder)
    response = as_founder.post(URL, fields | {"kept": fields["kept"][:1]})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["kept"])


def test_each_department_in_use_is_named(as_founder, fields, register, founder, ops, tech):
    for department in (ops, tech):
        make_risk(register, by=founder, department=department)
    keep = [pk for pk in fields["kept"] if pk not in {str(ops.pk), str(tech.pk)}]
    response = as_founder.post(URL, fields | {"kept": keep})
    said = response.context["form"].errors["kept"]
    assert response.status_code == 422
    assert [ops.name in said[0], tech.name in said[1], len(said)] == [True, True, 2]
    assert "有 2 处需要修改" in response.content.decode()
    assert Department.objects.active().filter(pk__in=[ops.pk, tech.pk]).count() == 2


@pytest.mark.parametrize("name", ["服务运营部", " 服务 运营部", "Ａｄｍｉｎ"])
def test_a_name_that_reads_as_one_that_is_there_is_refused(as_founder, fields, ops, tech, name):
    Department.objects.filter(pk=tech.pk).update(name_zh="admin")
    response = as_founder.post(URL, fields | {"more": f"花园部\n{name}\n服务运营部"})
    said = response.context["form"].errors["more"]
    assert response.status_code == 422
    assert len(said) == len({name.strip().replace(" ", ""), "服务运营部"})
    assert Progress.stored().states == {}


def test_a_closed_department_is_not_opened_beside_one_of_its_name(as_founder, fields, ops, tech):
    Department.objects.filter(pk=tech.pk).update(name_zh=ops.name_zh, is_active=False)
    response = as_founder.post(URL, fields)
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["kept"])
    assert "OPS" in str(response.context["form"].errors["kept"])


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


def test_the_words_for_it_are_plain(as_founder, founder):
    founder.locale = "en"
    founder.save(update_fields=["locale"])
    page = as_founder.get(URL).content.decode()
    assert ">Skip</button>" in page
    assert "Pass over" not in page
    as_founder.post(URL, {"go": "skip"})
    assert "skipped</li>" in as_founder.get("/setup/people/").content.decode()
