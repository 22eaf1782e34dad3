"""The list of contingency plans: what stands there, for whom, and how it is narrowed."""

import pytest

from assessments.models import Drill
from assessments.services import (
    StepText,
    edit_contingency_plan,
    link_contingency,
    retire_contingency_plan,
)
from riskhub.audit.context import acting
from tests.contingency import content, days, drill, make_contingency

URL = "/contingency/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def client(sign_in, risk_manager):
    return sign_in(risk_manager)


@pytest.fixture
def plans(risk_manager, ops, tech, repair):
    """CP-101 of OPS proven, CP-102 of REPAIR failed, CP-103 of OPS a draft, CP-104 of TECH overdue."""
    proven, failed, draft, late = (
        make_contingency(where, by=risk_manager, name_zh=name, in_force=name != "草")
        for where, name in ((ops, "证"), (repair, "败"), (ops, "草"), (tech, "迟"))
    )
    drill(proven, by=risk_manager)
    drill(failed, "fail", by=risk_manager)
    with acting(None, "test"):
        Drill.objects.filter(plan=late).update(scheduled_on=days(-2))
    return proven, failed, draft, late


def names(page):
    return [plan.name_zh for plan in page.context["page"]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["证", "败", "草", "迟"]), ("?view=unproven", ["败", "迟"]),
        ("?view=overdue", ["迟"]), ("?view=drafts", ["草"]), ("?view=retired", []),
        ("?view=loose", ["证", "败", "草", "迟"]), ("?feasibility=proven", ["证"]),
        ("?feasibility=failed", ["败"]), ("?feasibility=unproven", ["迟"]),
        ("?q=cp-102", ["败"]), ("?q=迟", ["迟"]), ("?department=TECH", ["败", "迟"]),
        ("?department=NONE", []), ("?view=nothing", []),
    ],
)  # fmt: skip
def test_what_the_address_asks_for(plans, client, query, found):
    page = client.get(URL + query)
    assert names(page) == found
    counts = {view.url.rpartition("view=")[2]: view.count for view in page.context["views"]}
    if query in {"", "?view=unproven"}:
        assert [counts[key] for key in ("unproven", "overdue", "drafts", "retired")] == [2, 1, 1, 0]


def test_a_retired_one_stands_among_its_own(plans, client, risk_manager):
    retire_contingency_plan(plans[0], by=risk_manager, reason="停")
    assert names(client.get(URL)) == ["败", "草", "迟"]
    assert names(client.get(f"{URL}?view=retired")) == ["证"]


def test_others_see_what_is_theirs_or_names_them(
    plans,
    sign_in,
    staff_cleaning,
    staff_repair,
    head_cleaning,
    auditor,
    outsider,
    risk_manager,
    clean,
):
    assert names(sign_in(auditor).get(URL)) == ["证", "败", "草", "迟"]
    assert names(sign_in(head_cleaning).get(URL)) == ["证", "草"]
    assert names(sign_in(staff_repair).get(URL)) == ["败"]
    assert names(sign_in(staff_cleaning).get(URL)) == []
    assert names(sign_in(outsider).get(URL)) == []
    step = StepText(minute=0, text_zh="到场", department=clean)
    edit_contingency_plan(
        plans[1], content(clean, steps=[step], responsible_department=None, responsible=risk_manager),
        by=risk_manager, version=None,
    )  # fmt: skip
    assert names(sign_in(staff_cleaning).get(URL)) == ["败"]


def test_whoever_sees_the_risk_sees_its_plan(plans, risk, risk_manager, staff_cleaning, sign_in):
    client = sign_in(staff_cleaning)
    link_contingency(plans[3], risk, by=risk_manager)
    page = client.get(URL)
    assert names(page) == ["迟"]
    assert page.context["page"].rows[0].risk_count == 1


def test_the_rows_alone(plans, client):
    headers = {"HX-Request": "true", "HX-Target": "contingency-rows"}
    assert client.get(URL, headers=headers).content.decode().strip().startswith("<div")


def test_none_yet_and_what_to_do(client, sign_in, auditor):
    assert "/contingency/library/" in client.get(URL).content.decode()
    assert "/contingency/new/" not in sign_in(auditor).get(URL).content.decode()


def test_as_many_queries_for_more_rows(
    client, risk_manager, ops, django_assert_num_queries, django_assert_max_num_queries
):
    make_contingency(ops, by=risk_manager)
    client.get(URL)
    with django_assert_max_num_queries(40) as one:
        client.get(URL)
    for _more in range(2):
        make_contingency(ops, by=risk_manager)
    with django_assert_num_queries(len(one)):
        client.get(URL)


def test_wrong_method(client):
    assert client.post(URL).status_code == 405
