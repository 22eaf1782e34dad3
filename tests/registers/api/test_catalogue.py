"""What may be chosen, as this user may choose it."""

from registers.services import create_register
from tests.api_client import ApiClient, refusal
from tests.cast import make_user


def test_registers_that_one_sees(register, tech, head_cleaning, risk_manager):
    create_register(by=None, code="TEC", name_zh="技术登记表", department=tech)
    assert [row["code"] for row in ApiClient(risk_manager).get("registers/").json()] == [
        "SVC",
        "TEC",
    ]
    api = ApiClient(head_cleaning)
    assert [row["code"] for row in api.get("registers/").json()] == ["SVC"]
    assert api.get("registers/SVC/").json() == {
        "code": "SVC", "name": "Service risks", "name_zh": "服务风险登记表",
        "name_en": "Service risks", "department": "OPS", "service_line": None, "description": "",
        "state": "active",
    }  # fmt: skip
    assert api.get("registers/svc/").json()["code"] == "SVC"
    other, missing = (refusal(api.get(f"registers/{code}/")) for code in ("TEC", "NONE"))
    assert other == missing == (404, "not_found", {})


def test_a_code_of_any_letters_has_its_address(tech, risk_manager):
    create_register(by=None, code="家政.2026", name_zh="家政登记表", department=tech)
    assert ApiClient(risk_manager).get("registers/家政.2026/").json()["code"] == "家政.2026"


def test_the_lists_of_the_company(head_cleaning, staff_cleaning, staff_repair):
    found = ApiClient(head_cleaning).get("taxonomy/").json()
    assert [row["code"] for row in found["categories"]] == [
        "operational", "technical", "management",
    ]  # fmt: skip
    assert [(row["code"], row["parent"]) for row in found["departments"]] == [
        ("OPS", None), ("CLEAN", "OPS"),
    ]  # fmt: skip
    assert [row["username"] for row in found["people"]] == ["head.cleaning", "staff.cleaning"]
    assert found["service_lines"][0]["importance"] in range(1, 6)


def test_the_people_are_those_whom_the_forms_offer(
    risk_manager, head_cleaning, staff_cleaning, staff_repair, outsider, clean
):
    """Nobody who sees no risk of these departments, though they may belong to one."""
    make_user("idle", "无角色", department=clean)

    def named(user):
        return [row["username"] for row in ApiClient(user).get("taxonomy/").json()["people"]]

    assert named(head_cleaning) == ["head.cleaning", "staff.cleaning"]
    assert named(risk_manager) == [
        "head.cleaning", "risk.manager", "staff.cleaning", "staff.repair",
    ]  # fmt: skip
    assert named(outsider) == []


def test_as_many_queries_for_more_rows(
    register, risk_manager, ops, tech, django_assert_num_queries
):
    api = ApiClient(risk_manager)
    with django_assert_num_queries(3) as one:
        api.get("registers/")
    for number in range(3):
        create_register(by=None, code=f"X{number}", name_zh="x", department=tech)
    with django_assert_num_queries(len(one.captured_queries)):
        api.get("registers/")


def test_only_reading(register, risk_manager):
    api = ApiClient(risk_manager)
    for path in ("registers/", "registers/SVC/", "taxonomy/"):
        for method in ("post", "put", "patch", "delete"):
            assert refusal(api.ask(method, path, {}))[:2] == (405, "method_not_allowed")
