"""Every real register of ../shared/data through the services: uploaded, answered, imported by the worker."""

from collections import Counter

import pytest

from assessments.models import Assessment
from assessments.services.imports import (
    CannotImport,
    open_questions,
    preview_run,
    save_mapping,
    start_import,
    upload_register,
)
from registers.choices import LEVEL_WORDS
from registers.models import Risk
from riskhub.imports.models import ImportRun
from riskhub.imports.sentences import FileRefusedError
from riskhub.work.services import drain_work
from tests.assessments.matrix_levels import level_of
from tests.assessments.register_import.shared_registers import (
    DATA,
    REFUSED,
    REGISTERS,
    need_shared_data,
)
from tests.assessments.register_import.test_shared_registers import SCORED

DEFAULTS = {"category": "management", "department": "OPS", "source": "internal_record"}
# Words that no scale has: the wizard asks for them too, and "not rated" leaves half a pair.
LEFT_OPEN = {
    "en_hashim_hml": {"impact": {"Medium at the beginning, gets higher with time": None}},
}
by_register = pytest.mark.parametrize("expected", REGISTERS, ids=lambda one: one.register)


@pytest.fixture(autouse=True)
def shared_data():
    need_shared_data()


@pytest.fixture
def imported(register, risk_manager):
    """As a person does it in the wizard, with the worker's part."""

    def run_through(expected):
        run = upload(expected, risk_manager)
        save_mapping(run, by=risk_manager, version=1, mapping=answers(expected))
        start_import(run, by=risk_manager)
        drain_work()
        return ImportRun.objects.get(pk=run.pk)

    return run_through


def upload(expected, by):
    content = expected.path.read_bytes()
    return upload_register(content, by=by, filename=expected.file, register_code="SVC")


def answers(expected):
    scales = {
        axis: {**rule, **LEFT_OPEN.get(expected.register, {}).get(axis, {})}
        for axis, rule in expected.scales.items()
    }
    return {"scales": scales, "defaults": DEFAULTS}


def true_rows(expected):
    """(title, inherent, residual) as published, scored by the answers; without scores None."""
    rules = answers(expected)["scales"]
    for told in expected.expected_rows["rows"]:
        first = scored(rules, told.get("likelihood", told.get("probability")), told["impact"])
        after = first
        if "residual_likelihood" in told:
            after = scored(rules, told["residual_likelihood"], told["residual_impact"])
        if first:
            yield told["title"], first, after


def scored(rules, *values):
    pair = tuple(
        score(rules.get(axis, {}), value)
        for axis, value in zip(("probability", "impact"), values, strict=True)
    )
    return None if None in pair else pair


def score(rule, value):
    if "bands" in rule:
        return 1 + sum(value >= limit for limit in rule["bands"])
    return rule[value] if rule else value


@pytest.mark.parametrize("expected", SCORED, ids=lambda one: one.register)
def test_titles_scores_and_levels_are_the_published_ones(expected, imported):
    run = imported(expected)
    assert (run.state, run.error) == ("applied", "")
    truth = list(true_rows(expected))
    assert run.outcomes["create"] == len(truth) == expected.created
    stored = Assessment.objects.order_by("risk__number").values_list(
        "risk__title", "inherent_probability", "inherent_impact", "inherent_level",
        "residual_probability", "residual_impact", "residual_level", "is_unlinked_import",
        "method", "state",
    )  # fmt: skip
    for row, (title, first, after) in zip(stored, truth, strict=True):
        levels = level_of(*first), level_of(*after)
        assert row[0] == title
        assert (row[1:3], LEVEL_WORDS[row[3]]) == (first, levels[0])
        assert (row[4:6], LEVEL_WORDS[row[6]]) == (after, levels[1])
        waits = not {"high", "critical"}.isdisjoint(levels)
        assert row[7:] == (first != after, "import", "submitted" if waits else "confirmed")


@by_register
def test_counts_and_the_same_file_again(expected, imported, risk_manager):
    run = imported(expected)
    assert run.outcomes == {
        "create": expected.created, "same": 0, "error": len(expected.errors),
        "ignored": expected.ignored,
    }  # fmt: skip
    assert Risk.objects.count() == expected.created
    again = upload(expected, risk_manager)
    save_mapping(again, by=risk_manager, version=1, mapping=answers(expected))
    counts = preview_run(again, mapping=answers(expected)).counts
    assert (counts["create"], counts["same"]) == (0, expected.created)
    with pytest.raises(CannotImport):
        start_import(again, by=risk_manager)
    assert Risk.objects.count() == expected.created


@by_register
def test_nothing_is_guessed(expected, register, risk_manager):
    """Without answers a file with words, 4x4 or 0 to 10 is not imported, and says what it asks."""
    run = upload(expected, risk_manager)
    save_mapping(run, by=risk_manager, version=1, mapping={"defaults": DEFAULTS})
    run.refresh_from_db()
    asked = [str(question) for question in open_questions(preview_run(run))]
    assert bool(asked) == bool(expected.undecided_without)
    assert all("has values without a score" in question for question in asked)


def test_a_register_without_scores_has_no_assessments(imported):
    [govan] = [one for one in REGISTERS if one.register == "en_govan_text_only"]
    imported(govan)
    assert (Risk.objects.count(), Assessment.objects.count()) == (41, 0)
    assert set(Risk.objects.values_list("state", flat=True)) == {"identified"}


UNREADABLE = [(name, file, why) for name, file, why in REFUSED if file.endswith(".md")]
NO_REGISTER = [row for row in REFUSED if row not in UNREADABLE]


@pytest.mark.parametrize(("name", "file", "sentence"), UNREADABLE, ids=lambda value: value[:24])
def test_what_is_no_table_is_not_kept(name, file, sentence, register, risk_manager):
    content = (DATA / "registers" / name / file).read_bytes()
    with pytest.raises(FileRefusedError) as refusal:
        upload_register(content, by=risk_manager, filename=file, register_code="SVC")
    assert str(refusal.value) == sentence
    assert ImportRun.objects.count() == Risk.objects.count() == 0


@pytest.mark.parametrize(("name", "file", "sentence"), NO_REGISTER, ids=lambda value: value[:24])
def test_a_table_that_is_no_register_changes_nothing(name, file, sentence, register, risk_manager):
    content = (DATA / "registers" / name / file).read_bytes()
    run = upload_register(content, by=risk_manager, filename=file, register_code="SVC")
    with pytest.raises(CannotImport) as refusal:
        start_import(run, by=risk_manager)
    assert str(refusal.value) == sentence
    run.refresh_from_db()
    assert (run.state, Risk.objects.count()) == ("uploaded", 0)


def test_owners_stay_texts_beside_the_owner(imported):
    [chinese] = [one for one in REGISTERS if one.register == "zh_yydwjj_hml"]
    imported(chinese)
    told = Counter(row["owner"] for row in chinese.expected_rows["rows"])
    assert Counter(Risk.objects.values_list("owner_note", flat=True)) == told
    assert set(Risk.objects.values_list("owner", flat=True)) == {None}
    kept = [
        origin.details["status"] for risk in Risk.objects.all() for origin in risk.origins.all()
    ]
    assert sorted(kept) == sorted(row["status"] for row in chinese.expected_rows["rows"])


def test_four_by_four_is_not_our_matrix(imported):
    """Its own words for the level stay text; ours comes from the cell of the answered scores."""
    [pysharedata] = [one for one in REGISTERS if one.register == "en_pysharedata_4x4"]
    imported(pysharedata)
    seen = Counter(
        (origin.details["level"], LEVEL_WORDS[assessment.residual_level].upper())
        for assessment in Assessment.objects.select_related("risk")
        for origin in assessment.risk.origins.all()
    )
    theirs = Counter(row["level"] for row in pysharedata.expected_rows["rows"])
    assert Counter(level for level, _ours in seen.elements()) == theirs
    assert seen[("CRITICAL", "CRITICAL")] == theirs["CRITICAL"]
