"""R-77: what is exported is imported again, in either language and form, without asking anything.

Into another register as it was; into its own, where every risk is there already, as nothing new.
"""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import translation

from assessments.models import Assessment
from assessments.register_import.words import code_of
from registers.models import (
    LibraryRisk,
    Risk,
    RiskArea,
    RiskCategory,
    RiskOrigin,
    RiskSource,
    ServiceLine,
)
from registers.services import adopt_risks, close_risk, create_register, edit_risk
from riskhub.imports.models import ImportRun
from tests.builders import assess, make_risk
from tests.cast import make_user


@pytest.fixture
def filled(register, risk_manager, second_manager, head_cleaning):
    adopt_risks(LibraryRisk.objects.all()[:5], by=risk_manager, register=register)
    risk = Risk.objects.get(number=1)
    edit_risk(risk, by=risk_manager, version=1, owner=head_cleaning, title="-1 楼坠落")
    assess(risk, (3, 5), (2, 5), by=risk_manager, confirmed_by=second_manager)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_exported_register_is_read_back(filled, tmp_path, language, form):
    path = tmp_path / f"svc.{form}"
    call_command("export_register", register="SVC", format=form, out=path, lang=language)
    said = StringIO()
    call_command("import_register", path, register="NEW", dry_run=True, json=True, stdout=said)
    answer = json.loads(said.getvalue())
    assert answer["refused"] is None
    assert answer["mapping"]["columns"]["number"]
    columns = answer["mapping"]["columns"]
    for field in (
        "title", "cause", "event", "consequence", "category", "area", "source", "owner",
        "department", "number", "level", "status", "strategy", "identified_on", "probability",
        "impact", "residual_probability", "residual_impact", "service_lines", "business_importance",
        "next_review_on",
    ):  # fmt: skip
        assert columns[field], field
    rows = [(row["outcome"], row["probability"], row["impact"]) for row in answer["rows"]]
    assert rows == [("ignored", 3, 5)] + [("ignored", None, None)] * 4
    wanted = {"zh-hans": "-1 楼坠落", "en": "Fall from height"}[language]
    assert answer["rows"][0]["title"] == wanted


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_review_importance_and_service_lines_come_back_and_targets_do_not(
    filled, risk_manager, tmp_path, language, form
):
    lines = list(ServiceLine.objects.filter(code__in=["cleaning", "eldercare"]))
    risk = Risk.objects.get(number=1)
    edit_risk(
        risk, by=risk_manager, version=None, service_lines=lines, business_importance=2,
        importance_reason="小客户",
    )  # fmt: skip
    edit_risk(
        Risk.objects.get(number=2), by=risk_manager, version=None, service_lines=lines[:1],
        business_importance=lines[0].importance,
    )  # fmt: skip
    Risk.objects.filter(number=1).update(next_review_on="2020-03-04")  # overdue here, overdue there
    Risk.objects.filter(number=2).update(next_review_on="2030-03-04")
    path, other = tmp_path / f"svc.{form}", tmp_path / "as.json"
    call_command("export_register", register="SVC", format=form, out=path, lang=language)
    other.write_text('{"columns": {"number": null}}')
    with translation.override(language):
        call_command("import_register", path, register="NEW", mapping=other)
    facts = [
        [risk.next_review_on, risk.business_importance, set(risk.service_lines.all())]
        for risk in Risk.objects.order_by("number")
    ]
    assert facts[5:] == facts[:5]
    copies = Risk.objects.filter(register__code="NEW")
    assert [bool(one.importance_reason) for one in copies.order_by("number")][:2] == [True, False]
    assert not copies.exclude(target_level=None).exists()
    details = RiskOrigin.objects.filter(risk__in=copies).values_list("details", flat=True)
    assert not any("score" in one for one in details)


SCORES = [((3, 4), (2, 4)), ((1, 2), (1, 2)), ((4, 4), (4, 3))]


@pytest.fixture
def without_a_five(register, risk_manager, second_manager):
    """No score says that the scale goes to 5; R004 is closed, R005 in a register of its own."""
    titles = [("=1+1 漏水", "Leak"), ("High noise", ""), ("第三件", "第二")]
    for (title, other), (inherent, residual) in zip(titles, SCORES, strict=True):
        lang = "en" if other == "" else "zh-hans"
        risk = make_risk(register, by=risk_manager, title=title, title_alt=other, lang=lang)
        assess(risk, inherent, residual, by=risk_manager, confirmed_by=second_manager)
    closed = make_risk(register, by=risk_manager, title="停办的事")
    close_risk(closed, by=risk_manager, reason="停办")


@pytest.fixture(params=[(form, lang) for form in ("csv", "xlsx") for lang in ("zh-hans", "en")])
def exported(request, without_a_five, tmp_path):
    form, language = request.param
    path = tmp_path / f"svc.{form}"
    call_command("export_register", register="SVC", format=form, out=path, lang=language, all=True)
    return path


def told(path, register, **options):
    said = StringIO()
    with translation.override("en"):
        call_command("import_register", path, register=register, json=True, stdout=said, **options)
    return json.loads(said.getvalue())


def test_the_steps_of_the_file_are_stated(exported):
    copied = exported.with_suffix(".json")
    copied.write_text('{"columns": {"number": null}}')
    answer = told(exported, "NEW", dry_run=True, mapping=copied)
    assert [scale["undecided"] for scale in answer["scales"].values()] == [[], []]
    assert [row["outcome"] for row in answer["rows"]] == ["create"] * 4
    told(exported, "NEW", mapping=copied)
    copies = Risk.objects.filter(register__code="NEW").order_by("number")
    stored = Assessment.objects.filter(risk__in=copies).values_list(
        "inherent_probability", "inherent_impact", "residual_probability", "residual_impact"
    )
    assert sorted(stored) == sorted((*before, *after) for before, after in SCORES)
    assert {row["outcome"] for row in told(exported, "NEW", mapping=copied)["rows"]} == {"same"}


def test_the_words_of_our_own_lists_are_known():
    for model, kind in ((RiskSource, "source"), (RiskArea, "area"), (RiskCategory, "category")):
        for term in model.objects.all():
            assert {code_of(kind, term.name_zh), code_of(kind, term.name_en)} == {term.code}


def test_into_its_own_register_nothing_is_new(exported):
    answer = told(exported, "SVC")
    codes = sorted(Risk.objects.values_list("code", flat=True))
    assert {row["outcome"] for row in answer["rows"]} == {"same"}
    assert sorted(row["message"] for row in answer["rows"]) == [
        f"Already there as {code}." for code in codes
    ]
    assert Risk.objects.count() == 4
    assert not ImportRun.objects.exists()


def test_the_same_number_with_another_name_is_another_risk(without_a_five, tmp_path):
    path = tmp_path / "other.csv"
    path.write_text("No,Risk\nR001,Fire\nR002,high  noise\nr3,第二\nR009,R002\n7,Leak\n")
    rows = [(row["outcome"], row["message"]) for row in told(path, "SVC", dry_run=True)["rows"]]
    assert [outcome for outcome, _message in rows] == [
        "create",
        "same",
        "same",
        "create",
        "create",
    ]
    assert rows[1:3] == [("same", "Already there as R002."), ("same", "Already there as R003.")]


@pytest.mark.parametrize("by", [None, "risk.manager", "ops.manager"])
@pytest.mark.parametrize("code", ["TWO", "NEW"])
def test_what_stands_in_another_register_is_not_taken_twice(
    exported, risk_manager, ops_manager, ops, code, by
):
    create_register(by=risk_manager, code="TWO", name_zh="二", department=ops)
    answer = told(exported, code, **({"by": by} if by else {}))
    assert {row["outcome"] for row in answer["rows"]} == {"ignored"}
    assert sorted(row["message"] for row in answer["rows"]) == [
        f"Belongs to SVC as R00{number}: not taken twice." for number in (1, 2, 3, 4)
    ]
    assert (Risk.objects.count(), ImportRun.objects.count()) == (4, 0)


def test_another_name_or_a_plain_number_is_a_risk_of_its_own(without_a_five, tmp_path):
    path = tmp_path / "other.csv"
    path.write_text("No,Risk\nR001,Fire\nR002,high  noise\n3,第二\n")
    outcomes = [row["outcome"] for row in told(path, "NEW", dry_run=True)["rows"]]
    assert outcomes == ["create", "ignored", "create"]


def test_what_the_importer_does_not_see_is_not_told(without_a_five, tmp_path, tech):
    make_user("of.tech", "x", "risk_manager", tech)
    path = tmp_path / "other.csv"
    path.write_text("No,Risk\nR002,High noise\n")
    (row,) = told(path, "NEW", dry_run=True, by="of.tech")["rows"]
    assert (row["outcome"], "SVC" in row["message"]) == ("create", False)
