"""Two days of the matrix side by side: who moved, from where to where, and nobody else."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.models import Assessment, MatrixScheme
from riskhub.accounts.models import RoleAssignment
from tests.assessments.matrices import in_force
from tests.assessments.pages import htmx
from tests.builders import assess, make_risk

pytestmark = pytest.mark.django_db

URL = "/matrix/moves/"


def day(ago):
    return (timezone.localdate() - timedelta(days=ago)).isoformat()


def on(ago):
    """As if it were done so many days ago."""
    return time_machine.travel(timezone.now() - timedelta(days=ago))


@pytest.fixture
def manager(risk_manager, second_manager, sign_in):
    """They have had their roles for as long as anybody looks back."""
    RoleAssignment.objects.update(valid=DateRange(timezone.localdate() - timedelta(days=365), None))
    return sign_in(risk_manager)


@pytest.fixture
def moved(manager, register, risk_manager, second_manager, clean, tech):
    """R001 (2,2) -> (4,3) a week ago, R002 (2,2) -> (1,2) two days ago, R003 stays, R004 is new."""
    risks = [
        make_risk(register, by=risk_manager, department=tech if n == 1 else clean, title=f"第{n}")
        for n in range(4)
    ]
    judge = {"by": risk_manager, "confirmed_by": second_manager}
    with on(30):
        for risk in risks[:3]:
            assess(risk, (2, 2), (2, 2), **judge)
    with on(7):
        assess(risks[0], (4, 3), (4, 3), **judge)
        assess(risks[2], (2, 2), (2, 2), **judge)
    with on(2):
        assess(risks[1], (1, 2), (1, 2), **judge)
        assess(risks[3], (3, 3), (3, 3), **judge)
    return risks


def of(page):
    moves = page.context["moves"]
    return [(one.risk.code, one.before.pair, one.after.pair) for one in moves.risks], moves.new


def test_who_moved_what_became_worse_first(moved, manager):
    page = manager.get(URL, {"since": day(20), "until": day(0)})
    assert of(page) == ([("R001", (2, 2), (4, 3)), ("R002", (2, 2), (1, 2))], 1)
    moves = page.context["moves"]
    assert [(one.before.level, one.after.level, one.is_worse) for one in moves.risks] == [
        (0, 2, True), (0, 0, False),
    ]  # fmt: skip
    assert {pair.move.label for pair in moves.pairs} == {"R001", "R002"}
    assert page.text.count("<svg") >= 1
    assert "第3" not in page.text


@pytest.mark.parametrize(
    ("since", "until", "codes", "new"),
    [
        (20, 5, ["R001"], 0), (5, 0, ["R002"], 1), (7, 0, ["R002"], 1), (8, 7, ["R001"], 0),
        (40, 35, [], 0), (40, 0, [], 4), (1, 0, [], 0),
    ],
)  # fmt: skip
def test_a_day_counts_to_its_end(moved, manager, since, until, codes, new):
    found, first_time = of(manager.get(URL, {"since": day(since), "until": day(until)}))
    assert ([code for code, *_cells in found], first_time) == (codes, new)


def test_the_same_move_of_several_is_one_arrow(manager, register, risk_manager, second_manager):
    for n in range(3):
        risk = make_risk(register, by=risk_manager, title=f"{n}")
        with on(9):
            assess(risk, (2, 2), (2, 2), by=risk_manager)
        with on(3):
            assess(risk, (4, 3), (4, 3), by=risk_manager, confirmed_by=second_manager)
    moves = manager.get(URL, {"since": day(5), "until": day(0)}).context["moves"]
    (pair,) = moves.pairs
    assert (pair.count, pair.move.label, moves.count) == (3, "×3", 3)


def test_filters_as_on_the_map(moved, manager):
    query = {"since": day(20), "until": day(0)}
    page = manager.get(URL, query | {"level": "high"})
    assert [code for code, *_cells in of(page)[0]] == ["R001"]
    assert of(manager.get(URL, query | {"kind": "inherent"}))[0][0][0] == "R001"
    assert of(manager.get(URL, query | {"kind": "target"})) == ([], 0)


def test_another_department_is_not_drawn(moved, head_cleaning, sign_in):
    page = sign_in(head_cleaning).get(URL, {"since": day(20), "until": day(0)})
    assert [code for code, *_cells in of(page)[0]] == ["R001"]
    assert "R002" not in page.text


@pytest.mark.parametrize(
    "query", [{"since": "x"}, {"since": day(1), "until": day(3)}, {"until": "9"}]
)
def test_impossible_days_are_said(moved, manager, query):
    page = manager.get(URL, query)
    assert page.status_code == 200
    assert page.context["form"].errors
    assert "moves" not in page.context


def test_by_itself_since_the_end_of_the_former_quarter(moved, manager):
    page = manager.get(URL)
    assert page.context["until"] == timezone.localdate()
    assert page.context["since"] < page.context["until"]


def test_htmx_gets_the_part_alone(moved, manager):
    page = manager.get(URL, {"since": day(20)}, **htmx("heat-moves"))
    assert page.text.strip().startswith('<div id="heat-moves"')
    assert "<html" not in page.text
    assert page["HX-Push-Url"].startswith("/matrix/moves/?")
    assert manager.post(URL).status_code == 405


def test_as_many_queries_for_many_as_for_one(
    moved, register, risk_manager, second_manager, manager
):
    query = {"since": day(20), "until": day(0)}
    with CaptureQueriesContext(connection) as few:
        manager.get(URL, query)
    for n in range(3):
        risk = make_risk(register, by=risk_manager, title=f"又{n}")
        with on(30):
            assess(risk, (2, 2), (2, 2), by=risk_manager)
        with on(3):
            assess(risk, (3, 3), (3, 3), by=risk_manager)
    with CaptureQueriesContext(connection) as many:
        manager.get(URL, query)
    assert len(many.captured_queries) == len(few.captured_queries)
    assert MatrixScheme.objects.in_force().count() == 1


def test_levels_are_those_of_the_matrix_in_force(moved, manager, risk_manager, approver):
    scheme = in_force(by=risk_manager, approver=approver)
    page = manager.get(URL, {"since": day(20), "until": day(0)})
    shown = [cell for one in page.context["moves"].risks for cell in (one.before, one.after)]
    levels = {(cell.probability, cell.impact): cell.level for cell in scheme.cells.all()}
    assert [cell.level for cell in shown] == [levels[cell.pair] for cell in shown]
    judged = {a.residual_level for a in Assessment.objects.filter(risk=moved[0])}
    assert {cell.level for cell in shown if cell.pair in {(2, 2), (4, 3)}} != judged
    moves_card = page.text.split('id="moved-title"')[1].split("</section>")[0]
    assert "Another matrix is in force since" in moves_card
    assert page.text.count("Another matrix is in force since") == 1


def test_the_first_matrix_of_a_company_is_not_another_one(moved, manager):
    assert MatrixScheme.objects.get().in_force_from > timezone.now() - timedelta(days=19)
    page = manager.get(URL, {"since": day(20), "until": day(0)})
    assert page.context["moves"].count == 2
    assert "Another matrix is in force since" not in page.text


def test_who_changed_the_level_by_the_matrix_alone_is_listed(
    moved, manager, risk_manager, approver, sign_in, head_cleaning
):
    """R003 stays at (2,2), Low before; who moved has an arrow, who is new has no level before."""
    page = manager.get(URL, {"since": day(20), "until": day(0)})
    assert page.context["rereads"].count == 0
    assert "by the matrix alone" not in page.text
    in_force(by=risk_manager, approver=approver)
    page = manager.get(URL, {"since": day(20), "until": day(0)})
    (one,) = page.context["rereads"].risks
    assert (one.risk, one.before.pair, one.after.pair) == (moved[2], (2, 2), (2, 2))
    assert (one.before.level, one.after.level, one.is_worse) == (0, 1, True)
    assert "1 risk changed its level by the matrix alone" in page.text
    earlier = manager.get(URL, {"since": day(20), "until": day(1)})
    assert earlier.context["rereads"].count == 0
    elsewhere = manager.get(URL, {"since": day(20), "until": day(0), "department": "TECH"})
    assert elsewhere.context["rereads"].count == 0


def test_the_list_of_levels_by_the_matrix_is_cut(
    moved, manager, risk_manager, approver, monkeypatch
):
    in_force(by=risk_manager, approver=approver)
    monkeypatch.setattr("assessments.rereads.MOST_LISTED", 0)
    page = manager.get(URL, {"since": day(20), "until": day(0)})
    assert page.context["rereads"].is_cut


def test_a_phone_gets_a_picture_that_fits(moved, manager):
    page = manager.get(URL, {"since": day(20), "until": day(0)})
    widths = [
        int(page.context[name].split('viewBox="0 0 ')[1].split()[0].split(".")[0])
        for name in ("picture", "small_picture")
    ]
    assert widths[1] < 340 < widths[0]


def test_its_days_carry_the_year(moved, manager):
    page = manager.get(URL, {"since": day(20), "until": day(0)})
    assert page.text.count(f" {timezone.localdate().year}</span>") >= 1
