"""A parameter that nobody knows is refused by name: a misspelt filter must not look right."""

import pytest

from tests.api_client import ApiClient, refusal
from tests.builders import make_risk

LISTS = ["registers/", "taxonomy/", "risks/", "risks/R001/", "risks/R001/history/",
         "risks/R001/assessments/", "assessments/", "plans/", "reports/"]  # fmt: skip


@pytest.fixture
def api(register, risk_manager):
    make_risk(register, by=risk_manager)
    return ApiClient(risk_manager)


@pytest.mark.parametrize("path", LISTS)
def test_unknown_by_name(api, path):
    answer = api.get(f"{path}?levle=high&Level=low")
    status, code, errors = refusal(answer)
    assert (status, code, set(errors)) == (400, "unknown_parameter", {"levle", "Level"})
    words = "This address does not know the parameter “Level”, “levle”."
    assert answer.json()["detail"] == words
    assert errors["levle"][0].startswith("Known are: ")
    assert "format" in errors["levle"][0]


def test_the_known_ones_are_named(api):
    words = refusal(api.get("plans/?x=1"))[2]["x"]
    assert words == ["Known are: cursor, format, page_size, risk, state."]
    assert "level" in refusal(api.get("risks/?sort=code"))[2]["sort"][0]


@pytest.mark.parametrize(
    "path",
    [
        "risks/?level=high&level=none&q=x&state=all&register=SVC&view=mine&owner=x&format=json",
        "risks/?kind=inherent&probability=5&impact=1&page_size=2",
        "risks/R001/history/?page=1", "risks/R001/assessments/?page_size=1",
        "assessments/?risk=R001&state=draft", "plans/?risk=R001&page_size=2",
    ],
)  # fmt: skip
def test_the_known_ones_are_taken(api, path):
    assert api.get(path).status_code == 200


@pytest.mark.parametrize("path", ["risks/", "risks/R001/assessments/", "assessments/", "plans/"])
@pytest.mark.parametrize("size", ["0", "-1", "201", "1.5", "x", "", "٣", "9" * 50])
def test_a_size_of_pages_that_is_not_given(api, path, size):
    words = "A whole number from 1 to 200."
    answer = api.get(f"{path}?page_size={size}")
    assert refusal(answer) == (400, "invalid", {"page_size": [words]})
    assert [api.get(f"{path}?page_size={most}").status_code for most in (1, 200)] == [200, 200]


def test_nothing_is_written_beside_them(api, risk_manager):
    answer = api.patch("risks/R001/?dry_run=1", {"title": "新"}, if_match='"1"')
    assert refusal(answer)[:2] == (400, "unknown_parameter")
    assert api.get("risks/R001/").json()["title"] != "新"


def test_who_may_not_read_is_not_told(outsider):
    assert ApiClient().get("risks/?x=1").status_code == 401
    assert ApiClient(outsider).get("reports/?x=1").status_code == 400


def test_in_chinese(api):
    answer = api.get("risks/?x=1", **{"Accept-Language": "zh-Hans"})
    assert answer["Content-Language"] == "zh-Hans"


@pytest.mark.parametrize(
    "path",
    ["risks/R001%0a/", "risks/%0aR001/", "risks/R001%20/", "registers/SVC%0a/", "plans/RP-001%0a/",
     "risks/R%D9%A1/", "risks/R001%0a/history/"],
)  # fmt: skip
def test_a_code_and_more_is_no_code(api, sign_in, risk_manager, path):
    assert api.get(path).status_code == 404
    assert sign_in(risk_manager).get(f"/{path}").status_code == 404
