"""What the database refuses of a matrix, whoever asks it past the services."""

import pytest
from django.utils import timezone

from assessments.models import MatrixCell, MatrixScheme, SchemeAuthor, SchemeDecision
from assessments.services.schemes import decide_scheme, recall_scheme
from registers.models import Risk
from tests.assessments.matrices import cautious, changed, draft, in_force, submitted
from tests.assessments.refusals import Refusal, sql
from tests.builders import assess, make_risk

pytestmark = pytest.mark.django_db


@pytest.fixture
def low(register, risk_manager):
    risk = make_risk(register, by=risk_manager)
    assess(risk, (2, 2), (2, 2), by=risk_manager)
    return risk


def settled():
    sql("SET CONSTRAINTS ALL IMMEDIATE")


def cells(number, **changes):
    """The 25 cells of the standard matrix, as (1,4)=0 says otherwise."""
    made = [
        MatrixCell(scheme_id=number, probability=c.probability, impact=c.impact,
                   level=changes.get(f"c{c.probability}{c.impact}", c.level))
        for c in MatrixCell.objects.filter(scheme=1)
    ]  # fmt: skip
    MatrixCell.objects.bulk_create(made)


def enforce(number):
    MatrixScheme.objects.filter(pk=1).update(state="retired")
    MatrixScheme.objects.filter(pk=number).update(state="in_force", in_force_from=timezone.now())


def approve(scheme, by):
    return SchemeDecision.objects.create(
        scheme=scheme, content_hash=scheme.content_hash, approver=by, decision="approved"
    )


def test_a_matrix_that_falls_is_not_put_in_force(risk_manager):
    scheme = draft(by=risk_manager)
    cells(scheme.number, c33=0)
    with Refusal("scheme_is_monotone"):
        enforce(scheme.number)


def test_a_matrix_without_all_its_cells_is_not_put_in_force(risk_manager):
    scheme = draft(by=risk_manager)
    with Refusal("scheme_is_monotone"):
        enforce(scheme.number)


def test_a_matrix_is_not_put_in_force_with_other_cells_than_its_text(risk_manager):
    scheme = draft(by=risk_manager)
    cells(scheme.number)
    with Refusal("scheme_is_its_content"):
        enforce(scheme.number)


def test_no_matrix_is_put_in_force_without_an_approval(low, risk_manager):
    scheme = draft(by=risk_manager, content=changed(c11=0))
    cells(scheme.number)
    with Refusal("scheme_in_force_by_approval"):
        enforce(scheme.number)


def test_an_approval_of_another_text_does_not_count(low, risk_manager, approver):
    scheme = submitted(by=risk_manager, content=changed(c11=0))
    with Refusal("scheme_decision_of_this_content"):
        SchemeDecision.objects.create(
            scheme=scheme, content_hash="0" * 64, approver=approver, decision="approved"
        )


def test_all_risks_stand_in_the_matrix_in_force(low, risk_manager, approver):
    """In the cautious one it would be Medium."""
    scheme = submitted(by=risk_manager)
    approve(scheme, approver)
    MatrixCell.objects.bulk_create(
        MatrixCell(scheme=scheme, probability=probability, impact=impact, level=level)
        for (probability, impact), level in cautious().cells.items()
    )
    settled()
    with Refusal("risks_stand_in_force"):
        enforce(scheme.number)


def test_a_risk_does_not_go_back_to_the_former_matrix(low, risk_manager, approver):
    in_force(by=risk_manager, approver=approver)
    with Refusal("risk_shows_its_assessment"):
        Risk.objects.filter(pk=low.pk).update(standing_scheme=1, inherent_level=0, residual_level=0)
        settled()


def test_a_level_that_is_not_in_the_new_matrix_is_refused(low, risk_manager, approver):
    in_force(by=risk_manager, approver=approver)
    with Refusal("registers_risk_residual_cell"):
        Risk.objects.filter(pk=low.pk).update(residual_level=0)
        settled()


@pytest.mark.parametrize("who", ["author", "submitter"])
def test_nobody_approves_their_own(who, risk_manager, second_manager, approver):
    scheme = submitted(by=risk_manager)
    SchemeAuthor.objects.create(scheme=scheme, user=approver)
    with Refusal("scheme_decided_by_another"):
        approve(scheme, approver if who == "author" else risk_manager)


def test_nor_in_the_name_of_an_author(risk_manager, approver):
    scheme = submitted(by=risk_manager)
    with Refusal("scheme_decided_by_another"):
        SchemeDecision.objects.create(
            scheme=scheme, content_hash=scheme.content_hash, approver=approver,
            on_behalf_of=risk_manager, decision="approved",
        )  # fmt: skip


@pytest.mark.parametrize("state", ["draft", "in_force"])
def test_only_what_waits_is_decided(state, risk_manager, approver):
    scheme = submitted(by=risk_manager)
    if state == "draft":
        recall_scheme(scheme, by=risk_manager, version=None)
    else:
        decide_scheme(scheme, by=approver, decision="approved", content_hash=scheme.content_hash)
    with Refusal("scheme_decision_of_waiting"):
        approve(MatrixScheme.objects.get(pk=scheme.pk), approver)


def test_what_was_handed_in_does_not_change(risk_manager):
    scheme = submitted(by=risk_manager)
    for changes in ({"content": "{}"}, {"name_zh": "x"}, {"submitted_by": None}):
        with Refusal("matrix_scheme_frozen"):
            MatrixScheme.objects.filter(pk=scheme.pk).update(**changes)


def test_what_is_in_force_keeps_its_cells(risk_manager, approver):
    scheme = in_force(by=risk_manager, approver=approver)
    with Refusal("matrix_scheme_frozen"):
        MatrixCell.objects.filter(scheme=scheme, probability=1, impact=1).update(level=1)
    with Refusal("matrix_scheme_frozen"):
        MatrixCell.objects.create(scheme_id=1, probability=1, impact=1, level=1)


@pytest.mark.parametrize(
    ("former", "state"),
    [("retired", "in_force"), ("retired", "draft"), ("in_force", "draft"), ("discarded", "draft")],
)
def test_what_is_over_does_not_come_back(former, state, risk_manager, approver):
    if former == "discarded":
        scheme = draft(by=risk_manager)
        MatrixScheme.objects.filter(pk=scheme.pk).update(state="discarded")
    else:
        in_force(by=risk_manager, approver=approver)
        scheme = MatrixScheme.objects.get(state=former)
    with Refusal("matrix_scheme_frozen"):
        MatrixScheme.objects.filter(pk=scheme.pk).update(state=state)


@pytest.mark.parametrize(
    "statement", ["UPDATE assessments_{} SET {}", "DELETE FROM assessments_{}"]
)
@pytest.mark.parametrize(
    ("table", "change"), [("schemeauthor", "user_id = user_id"), ("schemedecision", "comment = ''")]
)
def test_authors_and_decisions_stay(statement, table, change, risk_manager, approver):
    in_force(by=risk_manager, approver=approver)
    with Refusal(f"permission denied for table assessments_{table}"):
        sql(statement.format(table, change))
