"""The names of the company's own lists are known words, in both languages, as they are now."""

import pytest

from assessments.services.imports import (
    import_now,
    open_questions,
    preview_file,
    preview_run,
    undecided,
)
from registers.models import Risk, RiskArea, RiskCategory, RiskSource
from riskhub.accounts.models import Department
from tests.assessments.uploads import uploaded

pytestmark = pytest.mark.django_db
NAMES = ["风险名称", "类别", "领域", "来源", "部门"]


@pytest.fixture
def own(register):
    RiskSource.objects.create(code="hotline", name_zh="夜间热线", name_en="Night hotline", order=99)
    RiskArea.objects.create(code="pets", name_zh="宠物", name_en="Pets, and plants", order=99)
    RiskCategory.objects.filter(code="technical").update(name_zh="设备与系统", name_en="Equipment")
    Department.objects.create(code="GARDEN", name_zh="园艺 部", name_en="Gardens", path="/88/")
    return register


def preview(rows, **kwargs):
    text = "\n".join("|".join(row) for row in [NAMES, *rows])
    return preview_file(text.encode(), "a.csv", {}, register_code="SVC", by=None, **kwargs)


@pytest.mark.parametrize(
    "row",
    [
        ["漏水", "设备与系统", "宠物", "夜间热线", "园艺 部"],
        ["漏水", "Equipment", "Pets, and plants", "NIGHT  hotline", "gardens"],
        ["漏水", "technical", "pets", "hotline", "ＧＡＲＤＥＮ"],
        ["漏水", "设备与系统类", "PETS", "夜间热线", "园艺  部"],
    ],
)
def test_in_both_languages_and_by_code(own, row):
    found = preview([row])
    [read] = found.plan.rows
    assert (read.category, read.area, read.source) == ("technical", "pets", "hotline")
    assert found.settled[2].department.code == "GARDEN"
    assert undecided(found) == []


def test_usual_words_still_count_for_what_is_in_use(own):
    [read] = preview([["漏水", "技术", "财产", "客户投诉", "ops"]]).plan.rows
    assert (read.category, read.area, read.source) == (
        "technical",
        "property",
        "customer_complaint",
    )


def test_what_is_no_longer_in_use_is_asked(own):
    RiskSource.objects.filter(code="customer_complaint").update(is_active=False)
    RiskArea.objects.filter(code="property").delete()
    found = preview([["漏水", "技术", "财产", "客户投诉", "ops"]])
    [read] = found.plan.rows
    assert (read.area, read.source) == ("", "internal_record")
    assert undecided(found) == ["source"]
    assert read.file["source"] == "客户投诉"


def test_the_usual_source_may_be_gone(own, risk_manager):
    RiskSource.objects.filter(code="internal_record").update(is_active=False)
    run = uploaded([["Risk"], ["Leak"]], by=risk_manager, mapping={})
    import_now(run, by=risk_manager)
    first = RiskSource.objects.filter(is_active=True).first()
    assert Risk.objects.get().primary_source == first


def test_an_answer_that_is_no_longer_in_use_is_asked_again(own, risk_manager):
    mapping = {"defaults": {"source": "hotline", "department": "OPS", "category": "technical"}}
    run = uploaded([["Risk"], ["Leak"]], by=risk_manager, mapping=mapping)
    RiskSource.objects.filter(code="hotline").update(is_active=False)
    assert undecided(preview_run(run)) == ["source"]
    assert [str(question) for question in open_questions(preview_run(run))] == [
        "Choose the source of the risks whose row names none."
    ]


def test_of_two_terms_with_one_name_the_first_counts(own):
    RiskSource.objects.create(code="second", name_zh="夜间热线", name_en="", order=100)
    [read] = preview([["漏水", "技术", "财产", "夜间热线", "ops"]]).plan.rows
    assert read.source == "hotline"
