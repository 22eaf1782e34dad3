"""What was answered for a file is given by itself to the next one with the same header row."""

import pytest
from django.core.exceptions import ValidationError

from assessments.services.imports import (
    delete_mapping,
    forget_mapping,
    import_now,
    open_questions,
    preview_run,
    rename_mapping,
    save_mapping,
)
from registers.models import Risk, RiskSource
from registers.services import create_register
from riskhub.audit.models import AuditEvent
from riskhub.audit.transitions import WrongState
from riskhub.audit.versions import StaleVersion
from riskhub.imports.models import ImportMapping
from tests.assessments.events import actions_of
from tests.assessments.uploads import ANSWERS, DEFAULTS, NAMES, WORDS, uploaded
from tests.riskhub.imports.made_books import ods, xls
from tests.riskhub.imports.made_files import workbook

pytestmark = pytest.mark.django_db
NEXT = [NAMES, ["4", "停电", "高", "低", "", "", "", ""]]


@pytest.fixture
def kept(register, risk_manager):
    run = uploaded(WORDS, by=risk_manager, mapping=ANSWERS, filename="三季度 风险.csv")
    import_now(run, by=risk_manager)
    return ImportMapping.objects.get()


def asked(run):
    return [str(question) for question in open_questions(preview_run(run))]


def test_it_is_kept_when_the_file_is_applied(register, risk_manager):
    run = uploaded(WORDS, by=risk_manager, mapping=ANSWERS, filename="三季度 风险.csv")
    assert not ImportMapping.objects.exists()
    import_now(run, by=risk_manager)
    kept = ImportMapping.objects.get()
    assert (kept.name, kept.target, kept.filename) == ("三季度 风险", "SVC", "三季度 风险.csv")
    assert (kept.used_by, kept.kind) == (risk_manager, "register")
    assert kept.mapping["defaults"] == DEFAULTS
    assert kept.mapping["columns"]["title"] == [2]
    assert kept.mapping["columns"]["consequence"] is None
    assert kept.mapping["scales"]["probability"] == {"高": 4, "中": 3, "低": 2}
    assert actions_of(kept) == ["import_mapping.kept"]
    actors = AuditEvent.objects.filter(object_type="imports_importmapping")
    assert set(actors.values_list("actor_id", flat=True)) == {risk_manager.pk}


def test_the_next_file_is_answered_by_itself(kept, risk_manager):
    run = uploaded(NEXT, by=risk_manager, filename="四季度.csv")
    assert run.recalled == {
        "id": str(kept.pk), "name": "三季度 风险", "file": "三季度 风险.csv",
        "at": kept.used_at.isoformat(),
    }  # fmt: skip
    assert asked(run) == []
    import_now(run, by=risk_manager)
    risk = Risk.objects.get(title="停电")
    assert (risk.category.code, risk.primary_source.code) == ("operational", "audit")
    assert ImportMapping.objects.get().filename == "四季度.csv"
    assert ImportMapping.objects.get().name == "三季度 风险"


@pytest.mark.parametrize(("make", "name"), [(workbook, "a.xlsx"), (xls, "a.xls"), (ods, "a.ods")])
def test_wherever_its_header_row_stands_now(kept, risk_manager, make, name):
    rows = [["四季度"], ["填报说明"], [text.upper() for text in NAMES], NEXT[1]]
    data = make(("说明", [["x", "y"]]), ("数据 2026", rows))
    run = uploaded(data, by=risk_manager, filename=name)
    assert (run.mapping["sheet"], run.mapping["header_row"]) == ("数据 2026", 3)
    assert asked(run) == []


def test_a_value_that_is_new_is_asked(kept, risk_manager):
    run = uploaded([NAMES, ["4", "停电", "极低", "低", "", "", "", ""]], by=risk_manager)
    assert asked(run) == ["The probability has values without a score: 1."]


@pytest.mark.parametrize(
    "names", [["备注", *NAMES], NAMES[:-1], [*NAMES[:-2], NAMES[-1], NAMES[-2]]]
)
def test_another_header_row_is_another_file(kept, risk_manager, names):
    rows = [names, ["1"] * len(names)]
    assert uploaded(rows, by=risk_manager).recalled is None


def test_another_register_has_answers_of_its_own(kept, risk_manager, ops):
    create_register(by=risk_manager, code="TWO", name_zh="二", department=ops)
    run = uploaded(NEXT, by=risk_manager, code="TWO")
    assert (run.recalled, run.mapping) == (None, {})


def test_a_given_mapping_is_left_alone(kept, risk_manager):
    run = uploaded(NEXT, by=risk_manager, mapping={"header_row": 1})
    assert (run.recalled, run.mapping) == (None, {"header_row": 1})


def test_the_last_answers_are_kept(kept, risk_manager):
    run = uploaded(NEXT, by=risk_manager)
    answers = run.mapping | {"defaults": DEFAULTS | {"source": "survey"}}
    save_mapping(run, by=risk_manager, version=1, mapping=answers)
    import_now(run, by=risk_manager)
    again = ImportMapping.objects.get()
    assert (again.pk, again.mapping["defaults"]["source"]) == (kept.pk, "survey")
    assert again.row_version == kept.row_version + 1


def test_one_column_too_few_to_be_known_by(register, risk_manager):
    run = uploaded([["Risk"], ["Leak"]], by=risk_manager, mapping={"defaults": DEFAULTS})
    import_now(run, by=risk_manager)
    assert not ImportMapping.objects.exists()


def test_an_answer_out_of_use_is_asked_again(kept, risk_manager):
    RiskSource.objects.filter(code="audit").update(is_active=False)
    run = uploaded(NEXT, by=risk_manager)
    assert asked(run) == ["Choose the source of the risks whose row names none."]


def test_suggested_anew(kept, risk_manager):
    run = uploaded(NEXT, by=risk_manager)
    with pytest.raises(StaleVersion):
        forget_mapping(run, by=risk_manager, version=9)
    forget_mapping(run, by=risk_manager, version=1)
    run.refresh_from_db()
    assert (run.mapping, run.recalled, actions_of(run)[-1]) == ({}, None, "import.mapped")
    assert ImportMapping.objects.get().mapping == kept.mapping
    save_mapping(run, by=risk_manager, version=2, mapping=ANSWERS)
    import_now(run, by=risk_manager)
    with pytest.raises(WrongState):
        forget_mapping(run, by=risk_manager, version=None)


def test_renamed_and_deleted(kept, risk_manager):
    with pytest.raises(ValidationError):
        rename_mapping(kept, by=risk_manager, version=1, name="  ")
    rename_mapping(kept, by=risk_manager, version=1, name=" 来自\n总部 ")
    assert ImportMapping.objects.get().name == "来自 总部"
    with pytest.raises(StaleVersion):
        delete_mapping(kept, by=risk_manager, version=1)
    delete_mapping(kept, by=risk_manager, version=2)
    assert not ImportMapping.objects.exists()
    assert actions_of(kept)[-2:] == ["import_mapping.renamed", "import_mapping.deleted"]
    assert uploaded(NEXT, by=risk_manager).recalled is None
