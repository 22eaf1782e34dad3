"""The dry run with the database's word on each row."""

import pytest

from assessments.register_import.mapping import MappingError
from assessments.services.imports import import_now, preview_file, preview_run
from registers.models import Register, Risk
from registers.services import create_register
from riskhub.accounts.models import Department
from riskhub.audit.models import AuditEvent
from tests.assessments.uploads import ANSWERS, NUMBERS, SCALES, WORDS, answered, uploaded
from tests.cast import make_user
from tests.riskhub.imports.made_files import csv_text


def look(rows, *, by=None, code="SVC", mapping=None, **fields):
    data = csv_text(rows).encode()
    return preview_file(data, "risks.csv", mapping or {}, register_code=code, by=by, **fields)


def words(preview):
    return [(row.row, row.outcome, row.message) for row in preview.plan.rows]


def test_each_row_with_its_outcome_and_reason(register, risk_manager, head_cleaning):
    preview = look(WORDS, by=risk_manager, mapping=ANSWERS)
    assert words(preview) == [
        (2, "create", "Category: operational by default. Source: audit by default."),
        (
            3,
            "create",
            (
                "Category: operational by default. Department: OPS by default. "
                "Source: audit by default. The owner “路人甲” is no user here: kept as text."
            ),
        ),
        (
            4,
            "error",
            (
                "The probability is given, the impact is missing in column D. "
                "Fill in both in the file, or neither."
            ),
        ),
    ]
    assert preview.counts == {"create": 2, "same": 0, "error": 1, "ignored": 0}
    assert [row["level"] for row in preview.as_json()["rows"]] == ["critical", "low", None]
    assert preview.settled[2].owner == head_cleaning
    assert preview.settled[3].owner is None
    assert {one.department.code for one in preview.settled.values()} == {"OPS"}


def test_a_dry_run_writes_nothing(register, risk_manager, django_assert_max_num_queries):
    before = AuditEvent.objects.count(), Risk.objects.count()
    with django_assert_max_num_queries(12):
        look(NUMBERS, by=risk_manager, code="NEW")
    assert (AuditEvent.objects.count(), Risk.objects.count()) == before
    assert not Register.objects.filter(code="NEW").exists()


def test_a_department_that_nobody_knows(register, risk_manager):
    rows = [["Risk", "Department"], ["Gas leak", "仓库"], ["Flood", "tech"]]
    preview = look(rows, by=risk_manager)
    assert "The department “仓库” is not known here: OPS is used." in preview.plan.rows[0].message
    assert [preview.settled[row].department.code for row in (2, 3)] == ["OPS", "TECH"]


def test_a_department_that_is_not_the_importers(register, ops):
    manager = make_user("ops.manager", "运营风险员", "risk_manager", ops)
    rows = [["Risk", "Department"], ["Gas leak", "TECH"], ["Flood", "OPS"]]
    preview = look(rows, by=manager)
    assert [row.outcome for row in preview.plan.rows] == ["error", "create"]
    assert "You do not keep the register of the department TECH." in preview.plan.rows[0].message


def test_owners_by_name_and_by_sign_in_name(register, risk_manager, head_cleaning, staff_cleaning):
    make_user("other", "王芳")
    rows = [["Risk", "Owner"], ["a leak", "HEAD.CLEANING"], ["a fire", "王芳"], ["a fall", "周立"]]
    preview = look(rows, by=risk_manager)
    assert [preview.settled[n].owner for n in (2, 3, 4)] == [head_cleaning, None, head_cleaning]
    assert (
        "Several users are called “王芳”: the owner is kept as text."
        in preview.plan.rows[1].message
    )


def test_an_owner_by_either_half_of_the_name(register, risk_manager):
    fang = make_user("fang", "王芳 Wang Fang", "risk_manager")
    names = ["王芳", "Wang  fang", "王芳 Wang Fang", "fang", "芳"]
    preview = look([["Risk", "Owner"], *([f"no {n}", n] for n in names)], by=risk_manager)
    assert [preview.settled[n].owner for n in range(2, 7)] == [fang, fang, fang, fang, None]


def test_half_a_name_that_two_people_bear_is_a_text(register, risk_manager):
    make_user("fang", "王芳 Wang Fang", "risk_manager")
    make_user("fang2", "王方 Wang Fang", "risk_manager")
    make_user("fang3", "王芳", "risk_manager")
    rows = [["Risk", "Owner"], ["a leak", "Wang Fang"], ["a fire", "王芳"], ["a fall", "王方"]]
    preview = look(rows, by=risk_manager)
    assert [preview.settled[n].owner and preview.settled[n].owner.username for n in (2, 3, 4)] == [
        None, None, "fang2",
    ]  # fmt: skip
    for row in preview.plan.rows[:2]:
        assert "Several users are called" in row.message


def test_an_owner_who_only_reads_is_a_text(register, risk_manager, auditor):
    preview = look([["Risk", "Owner"], ["a leak", auditor.username]], by=risk_manager)
    assert preview.settled[2].owner is None
    assert "only reads" in preview.plan.rows[0].message


def test_an_owner_whom_the_importer_does_not_see_is_a_text(register, ops, head_repair):
    manager = make_user("ops.manager", "运营风险员", "risk_manager", ops)
    preview = look([["Risk", "Owner"], ["a leak", "何志强"]], by=manager)
    assert preview.settled[2].owner is None
    assert "The owner “何志强” is no user here: kept as text." in preview.plan.rows[0].message


def test_what_cannot_be_a_review_an_importance_or_a_service_is_kept_as_text(register, risk_manager):
    rows = [
        ["Risk", "Next review", "Importance", "Service lines"],
        ["a leak", "2020-01-02", "4", "cleaning；家电安装"],
        ["a fire", "soon", "high", "Gardening、house cleaning"],
        ["a fall", "", 6, ""],
    ]
    preview = look(rows, by=risk_manager)
    leak, fire, fall = preview.plan.rows
    assert (str(leak.next_review_on), leak.business_importance, leak.service_lines) == (
        "2020-01-02", 4, ("cleaning", "install"),
    )  # fmt: skip
    assert (fire.next_review_on, fire.business_importance, fire.service_lines) == (
        None, None, ("cleaning",),
    )  # fmt: skip
    assert fire.file == {
        "next_review_on": "soon", "business_importance": "high", "service_lines": "Gardening",
    }  # fmt: skip
    for said in (
        "“soon” cannot be the day of the next review: kept as text.",
        "“high” is no importance from 1 to 5: kept as text.",
        "The service line “Gardening” is not known here: kept as text.",
    ):
        assert said in fire.message
    assert fall.file == {"business_importance": "6"}
    import_now(answered(rows, by=risk_manager), by=risk_manager)
    assert list(Risk.objects.order_by("number").values_list("business_importance", flat=True)) == [
        4, 4, 3,
    ]  # fmt: skip


def test_what_is_there_already_is_the_same(register, risk_manager):
    import_now(answered(by=risk_manager), by=risk_manager)
    preview = preview_run(answered(by=risk_manager))
    codes = list(Risk.objects.order_by("number").values_list("code", flat=True))
    assert words(preview) == [
        (row, "same", f"Already there as {code}.") for row, code in enumerate(codes, start=2)
    ]
    assert [preview.settled[row].code for row in (2, 3, 4)] == codes


def test_the_same_file_is_new_in_another_register(register, risk_manager, tech):
    import_now(answered(by=risk_manager), by=risk_manager)
    create_register(by=risk_manager, code="TWO", name_zh="二", department=tech)
    assert preview_run(answered(by=risk_manager, code="TWO")).counts["create"] == 3


def test_an_unknown_source_in_the_mapping_is_named(register):
    with pytest.raises(MappingError) as refusal:
        look(NUMBERS, mapping={"defaults": {"source": "gossip"}})
    assert str(refusal.value).startswith(
        "The key defaults.source in the mapping is one of: customer_complaint, "
    )


@pytest.mark.parametrize("code", ["SVC", "NEW"])
def test_an_unknown_department_in_the_mapping_is_named(register, tech, clean, code):
    Department.objects.filter(code="CLEAN").update(is_active=False)
    known = Department.objects.exclude(code="CLEAN").order_by("path").values_list("code", flat=True)
    for name in ("NOPE", "CLEAN"):
        with pytest.raises(MappingError) as refusal:
            look(NUMBERS, code=code, mapping={"defaults": {"department": name}})
        assert str(refusal.value) == (
            f"The key defaults.department in the mapping is one of: {', '.join(known)}."
        )


@pytest.mark.parametrize("name", ["TECH", "tech", "技术部", "Technology", "technology"])
def test_a_department_in_the_mapping_by_its_code_or_name(register, tech, name):
    Department.objects.filter(code="TECH").update(name_zh="技术部", name_en="Technology")
    preview = look(NUMBERS, mapping={"defaults": {"department": name}})
    assert {one.department for one in preview.settled.values()} == {tech}


def test_the_category_of_the_mapping_is_used(register):
    preview = look(WORDS, mapping={"scales": SCALES, "defaults": {"category": "technical"}})
    assert {row.category for row in preview.plan.rows if row.outcome == "create"} == {"technical"}


def test_a_file_that_is_no_table(register, risk_manager):
    preview = preview_file(b"\x00\x01", "a.xlsx", {}, register_code="SVC", by=risk_manager)
    assert str(preview.plan.refused).startswith("The name ends in .xlsx, but the content is no")
    assert preview.file is None
    assert preview.counts == {"create": 0, "same": 0, "error": 0, "ignored": 0}


def test_a_table_that_is_no_register_can_still_be_looked_at(register, risk_manager):
    preview = look([["x", "y"], ["1", "2"]], by=risk_manager)
    assert "no row here names the columns of a risk register" in str(preview.plan.refused)
    assert preview.file.kind == "csv"


def test_a_run_in_a_register_that_is_still_to_be_made(risk_manager, tech):
    run = uploaded(
        NUMBERS, by=risk_manager, code="NEW", mapping={"defaults": {"department": "TECH"}}
    )
    preview = preview_run(run)
    assert preview.places.register is None
    assert {one.department for one in preview.settled.values()} == {tech}
