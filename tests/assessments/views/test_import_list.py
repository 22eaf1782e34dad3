import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.services.imports import NewRegister, import_now
from registers.services import create_register
from tests.assessments.pages import htmx
from tests.assessments.uploads import NUMBERS, answered, uploaded
from tests.cast import make_user

pytestmark = pytest.mark.django_db
URL = "/imports/"


@pytest.fixture
def run(register, risk_manager):
    run = answered(by=risk_manager, filename="登记册.csv")
    import_now(run, by=risk_manager)
    return run


def test_ones_own_files_with_what_became_of_them(run, risk_manager, sign_in):
    page = sign_in(risk_manager).get(URL)
    assert [(row.file.filename, mark) for row, mark in page.context["rows"]] == [
        ("登记册.csv", "done")
    ]
    assert f'href="/imports/{run.pk}/"' in page.text
    assert page.text.count("登记册.csv") == 1
    assert 'href="/imports/new/"' in page.text


def names_seen(user, sign_in):
    page = sign_in(user).get(URL)
    assert ("Nothing was imported yet" in page.text) == (not page.context["page"].count)
    return [row.file.filename for row, _mark in page.context["rows"]]


def test_another_manager_of_the_register_sees_who_brought_it(run, second_manager, sign_in):
    page = sign_in(second_manager).get(URL)
    assert [row.file.filename for row, _mark in page.context["rows"]] == ["登记册.csv"]
    assert "陈静" in page.text


def test_of_the_registers_that_one_keeps(run, ops, clean, tech, risk_manager, sign_in):
    """SVC belongs to OPS; a register that is not made yet to the department it is to get."""
    keepers = [make_user(f"of.{d.code}", d.code, "risk_manager", d) for d in (ops, clean, tech)]
    assert [names_seen(one, sign_in) for one in keepers] == [["登记册.csv"], [], []]
    new = NewRegister("技术", "", "TECH")
    uploaded(NUMBERS, by=risk_manager, filename="t.csv", code="TEC", new=new)
    assert [names_seen(one, sign_in) for one in keepers] == [["登记册.csv"], [], ["t.csv"]]
    create_register(by=None, code="TEC", name_zh="别的", department=clean)
    assert [names_seen(one, sign_in) for one in keepers] == [
        ["t.csv", "登记册.csv"], ["t.csv"], [],
    ]  # fmt: skip


def test_the_auditor_sees_all_and_starts_none(run, second_manager, auditor, sign_in):
    uploaded(NUMBERS, by=second_manager, filename="second.csv")
    page = sign_in(auditor).get(URL)
    assert [row.file.filename for row, _mark in page.context["rows"]] == [
        "second.csv",
        "登记册.csv",
    ]
    assert 'href="/imports/new/"' not in page.text


def test_runs_of_the_command_have_no_maker(register, auditor, sign_in):
    import_now(answered(by=None), by=None)
    assert "the system" in sign_in(auditor).get(URL).text


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("risk_manager", 200),
        ("auditor", 200),
        ("head_cleaning", 403),
        ("staff_cleaning", 403),
        ("approver", 403),
        ("outsider", 403),
        ("admin", 403),
    ],
)
def test_who_may_open_it(who, status, run, request, sign_in):
    assert sign_in(request.getfixturevalue(who)).get(URL).status_code == status


def test_only_reading(run, risk_manager, sign_in):
    assert sign_in(risk_manager).post(URL).status_code == 405


def test_the_part_and_only_that(run, risk_manager, sign_in):
    page = sign_in(risk_manager).get(URL, **htmx("import-runs"))
    assert page.text.lstrip().startswith('<div class="rh-card" id="import-runs">')
    assert "<h1>" not in page.text


def test_as_many_queries_for_three_as_for_one(run, auditor, sign_in):
    client = sign_in(auditor)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get(URL)
        return len(captured)

    one = queries()
    for n in range(2):
        manager = make_user(f"manager.{n}", f"风险员 {n}", "risk_manager")
        uploaded(NUMBERS, by=manager)
    assert queries() == one
