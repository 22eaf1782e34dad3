import pytest

from registers.models import LibraryControl, LibraryRisk, RiskCategory, RiskSource, ServiceLine
from registers.services.starter import load_library_controls, load_library_risks, load_taxonomy
from riskhub.accounts.models import Department


@pytest.mark.django_db
def test_loading_again_changes_nothing():
    assert load_taxonomy(by=None) == 0
    assert load_library_risks(by=None) == 0


@pytest.mark.django_db
def test_what_the_company_renamed_stays():
    RiskCategory.objects.filter(code="technical").update(name_zh="设备风险")
    RiskSource.objects.filter(code="audit").delete()
    assert load_taxonomy(by=None) == 1
    assert RiskCategory.objects.get(code="technical").name_zh == "设备风险"


@pytest.mark.django_db
def test_departments_come_only_where_there_are_none():
    Department.objects.filter(code="OPS").delete()
    assert load_taxonomy(by=None) == 0
    Department.objects.all().delete()
    assert load_taxonomy(by=None) == 12


@pytest.mark.django_db
def test_a_newer_edition_of_the_controls_too():
    LibraryControl.objects.filter(code="C-03").update(body={"name": {"zh": "旧"}})
    LibraryControl.objects.filter(code="C-04").delete()
    assert load_library_controls(by=None) == 1
    assert LibraryControl.objects.get(code="C-03").name.startswith("高处作业许可")
    assert load_library_controls(by=None) == 0


@pytest.mark.django_db
def test_a_newer_edition_replaces_the_older_text():
    LibraryRisk.objects.filter(code="LIB-001").update(body={"title": {"zh": "旧"}}, order=99)
    LibraryRisk.objects.filter(code="LIB-002").delete()
    assert load_library_risks(by=None) == 1
    entry = LibraryRisk.objects.get(code="LIB-001")
    assert (entry.title, entry.order) == ("高处作业坠落", 0)


@pytest.mark.django_db
def test_the_taxonomy_is_the_guides():
    assert list(RiskCategory.objects.values_list("code", flat=True)) == [
        "operational",
        "technical",
        "management",
    ]
    assert ServiceLine.objects.count() == 7
