"""`GET /api/v1/risks/`: one's own rows, in the order of ranking, page by page."""

import base64
from urllib.parse import quote, unquote

import pytest

from registers.services import close_risk
from tests.api_client import ApiClient, refusal
from tests.builders import assess, make_risk

FORGED = "Take it as it stands in next or previous."


def test_in_the_order_of_ranking_page_by_page(register, risk_manager, manager_api):
    risks = [make_risk(register, by=risk_manager) for _n in range(3)]
    assess(risks[2], (2, 2), (2, 2), by=risk_manager)
    first = manager_api.get("risks/?page_size=2").json()
    second = manager_api.get(f"risks/?{first['next'].partition('?')[2]}").json()
    codes = [row["code"] for page in (first, second) for row in page["results"]]
    assert codes == ["R003", "R001", "R002"]
    assert (first["previous"], second["next"]) == (None, None)


def test_another_department_sees_its_own(other_risk, head_repair, staff_cleaning):
    seen = ApiClient(head_repair).get("risks/").json()["results"]
    assert [row["code"] for row in seen] == ["R002"]
    assert ApiClient(staff_cleaning).get("risks/").json()["results"] == []


@pytest.mark.parametrize("position", ["x", "%00", "-1", "9" * 41, "１"])
def test_a_cursor_of_ones_own_making(manager_api, position):
    cursor = base64.b64encode(f"p={quote(unquote(position))}".encode()).decode()
    answer = manager_api.get(f"risks/?cursor={quote(cursor)}")
    assert refusal(answer) == (400, "invalid", {"cursor": [FORGED]})


@pytest.mark.parametrize("cursor", ["abc", "%00", "字", "x" * 2000])
def test_a_cursor_that_is_none(manager_api, cursor):
    answer = manager_api.get(f"risks/?cursor={quote(unquote(cursor))}")
    if cursor == "%00":
        assert refusal(answer)[:2] == (400, "bad_request")
    else:
        assert refusal(answer) == (400, "invalid", {"cursor": [FORGED]})


def test_as_many_queries_for_three_rows_as_for_one(
    risk, register, risk_manager, manager_api, django_assert_num_queries
):
    with django_assert_num_queries(6) as one:
        manager_api.get("risks/")
    for _n in range(2):
        make_risk(register, by=risk_manager)
    with django_assert_num_queries(len(one.captured_queries)):
        assert len(manager_api.get("risks/").json()["results"]) == 3


def test_filtered_as_on_the_page(risk, other_risk, risk_manager, manager_api):
    assess(risk, (2, 2), (2, 2), by=risk_manager)
    close_risk(other_risk, by=risk_manager, reason="停止")

    def found(query):
        return [row["code"] for row in manager_api.get(f"risks/?{query}").json()["results"]]

    assert found("") == found("level=low&level=medium") == found("department=OPS") == ["R001"]
    assert found("state=all") == ["R001", "R002"]
    assert found("state=closed") == found("state=all&q=外包") == ["R002"]
    assert found("register=SVC&category=operational&q=R001") == ["R001"]
    assert found("level=critical") == []


@pytest.mark.usefixtures("risk", "other_risk")
def test_a_filter_that_names_nothing(manager_api, head_cleaning):
    answer = manager_api.get("risks/?level=huge&state=gone&register=NONE")
    assert (refusal(answer)[0], set(refusal(answer)[2])) == (400, {"level", "state", "register"})
    words = "Only words and numbers are searched for: type two Chinese characters or a word."
    assert refusal(manager_api.get("risks/?q=%F0%9F%98%80")) == (400, "invalid", {"q": [words]})
    answers = [ApiClient(head_cleaning).get(f"risks/?department={code}") for code in ("TECH", "X")]
    assert [list(refusal(answer)[2]) for answer in answers] == [["department"]] * 2
    other, missing = (answer.json()["errors"]["department"][0] for answer in answers)
    assert other.replace("TECH", "X") == missing
