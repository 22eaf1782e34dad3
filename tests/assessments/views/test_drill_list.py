import pytest

from assessments.models import Drill
from riskhub.audit.context import acting
from tests.contingency import days, drill, make_contingency

URL = "/drills/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def drills(risk_manager, ops, repair):
    """CP-101 of OPS failed, CP-102 of REPAIR overdue."""
    failed, late = (make_contingency(where, by=risk_manager) for where in (ops, repair))
    drill(failed, "fail", by=risk_manager)
    with acting(None, "test"):
        Drill.objects.filter(plan=late).update(scheduled_on=days(-2))


@pytest.mark.parametrize(
    ("view", "found"),
    [("", ["CP-102", "CP-101"]), ("overdue", ["CP-102"]), ("held", ["CP-101"])],
)
def test_each_view(drills, sign_in, risk_manager, view, found):
    page = sign_in(risk_manager).get(f"{URL}?view={view}")
    assert [one.plan.code for one in page.context["page"]] == found
    assert [one.count for one in page.context["views"]] == [2, 1, 1, 1, 1, 1]


def test_gaps(drills, sign_in, risk_manager, auditor, head_cleaning, staff_repair):
    for user, count in ((risk_manager, 1), (auditor, 1), (head_cleaning, 1), (staff_repair, 0)):
        page = sign_in(user).get(f"{URL}?view=gaps")
        assert page.context["page"].count == count


def test_others_see_theirs(drills, sign_in, staff_repair, head_cleaning):
    for user, codes in ((staff_repair, ["CP-102"]), (head_cleaning, ["CP-101"])):
        page = sign_in(user).get(URL)
        assert [one.plan.code for one in page.context["page"]] == codes


def test_the_rows_alone_and_a_view_that_is_not(drills, sign_in, risk_manager):
    client = sign_in(risk_manager)
    headers = {"HX-Request": "true", "HX-Target": "drill-rows"}
    assert client.get(URL, headers=headers).content.decode().strip().startswith("<div")
    assert client.get(f"{URL}?view=nothing").status_code == 404


@pytest.mark.parametrize("view", ["next", "gaps"])
def test_as_many_queries_for_more_rows(
    drills,
    sign_in,
    risk_manager,
    ops,
    view,
    django_assert_num_queries,
    django_assert_max_num_queries,
):
    client = sign_in(risk_manager)
    client.get(f"{URL}?view={view}")
    with django_assert_max_num_queries(30) as one:
        client.get(f"{URL}?view={view}")
    drill(make_contingency(ops, by=risk_manager), "fail", by=risk_manager)
    with django_assert_num_queries(len(one)):
        client.get(f"{URL}?view={view}")


def test_wrong_method(sign_in, risk_manager):
    assert sign_in(risk_manager).post(URL).status_code == 405
