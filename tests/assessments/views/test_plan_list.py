import pytest

from assessments.services import withdraw_plan
from tests.assessments.pages import htmx, queries_of
from tests.builders import assess, make_plan, make_risk

pytestmark = pytest.mark.django_db

URL = "/plans/"


@pytest.fixture
def plans(register, high_risk, risk_manager, repair):
    """Ours waits, theirs (of the repair side) is a draft, the third is withdrawn."""
    ours = make_plan(high_risk, by=risk_manager, submitted=True)
    theirs = make_risk(register, by=risk_manager, title="别的部门", department=repair)
    draft = make_plan(theirs, by=risk_manager, strategy="avoid", avoid_what="停做", actions=())
    ended = make_plan(make_risk(register, by=risk_manager, title="旧的"), by=risk_manager)
    withdraw_plan(ended, by=risk_manager, reason="停止")
    return {"ours": ours, "theirs": draft, "ended": ended}


def codes(page):
    return [plan.code for plan in page.context["page"]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["ours", "theirs"]),
        ("?state=all", ["ours", "ended", "theirs"]),
        ("?state=submitted", ["ours"]),
        ("?state=withdrawn", ["ended"]),
        ("?strategy=avoid", ["theirs"]),
        ("?department=TECH", ["theirs"]),
        ("?department=OPS", ["ours"]),
        ("?state=nonsense", []),
        ("?department=NOPE", []),
        ("?state=approved", []),
    ],
)
def test_filters(plans, risk_manager, sign_in, query, expected):
    page = sign_in(risk_manager).get(URL + query)
    assert page.status_code == 200
    assert sorted(codes(page)) == sorted(plans[name].code for name in expected)


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("head_cleaning", ["ours"]),
        ("head_repair", ["theirs"]),
        ("auditor", ["ours", "theirs"]),
        ("outsider", []),
    ],
)
def test_each_sees_their_own_departments(request, plans, sign_in, who, expected):
    page = sign_in(request.getfixturevalue(who)).get(URL)
    assert sorted(codes(page)) == sorted(plans[name].code for name in expected)


def test_what_is_due_stands_in_the_row(low_risk, risk_manager, sign_in):
    make_plan(low_risk, by=risk_manager, submitted=True)
    (row,) = sign_in(risk_manager).get(URL).context["page"]
    assert (row.pending, row.next_due_on) == (1, row.actions.get().due_on)


def test_htmx_gets_the_rows_alone(plans, risk_manager, sign_in):
    page = sign_in(risk_manager).get(URL, **htmx("plan-rows"))
    assert page.text.strip().startswith('<div class="rh-stack" id="plan-rows"')
    assert "<html" not in page.text


def test_the_query_count_does_not_grow(register, risk_manager, sign_in):
    client, asked = sign_in(risk_manager), []
    for n in range(3):
        risk = make_risk(register, by=risk_manager, title=f"风险 {n}")
        assess(risk, (2, 2), (2, 2), by=risk_manager)
        make_plan(risk, by=risk_manager, submitted=True)
        asked.append(queries_of(client, URL))
    assert asked[0] == asked[2]


def test_nothing_yet(risk_manager, sign_in):
    assert "No plans yet" in sign_in(risk_manager).get(URL).text
    assert "No plans match" in sign_in(risk_manager).get(URL + "?state=closed").text
    assert sign_in(risk_manager).post(URL).status_code == 405
