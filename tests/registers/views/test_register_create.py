import pytest

from registers.models import Register
from tests.registers.audit import Trail

URL = "/registers/new/"


@pytest.fixture
def values(ops):
    return {"code": " svc2 ", "name_zh": "新表", "name_en": "New", "department": ops.pk}


def test_a_register_of_a_department(values, manager, ops):
    trail = Trail()
    response = manager.post(URL, values)
    assert (response.status_code, response["Location"]) == (302, "/registers/")
    register = Register.objects.get()
    assert (register.code, register.name_zh, register.department) == ("SVC2", "新表", ops)
    assert trail.only("registers_register").action == "register.created"


@pytest.mark.parametrize("field", ["code", "name_zh", "department"])
def test_what_it_cannot_be_without(values, manager, field):
    response = manager.post(URL, values | {field: ""})
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])


def test_a_code_is_given_once(values, register, manager):
    response = manager.post(URL, values | {"code": "svc"})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["code"])
    assert Register.objects.count() == 1


def test_the_refused_form_alone(values, manager, part):
    response = part(manager, URL, "register-form", values | {"code": ""})
    assert response.content.decode().strip().startswith("<form")


def test_a_department_that_one_does_not_keep(values, sign_in, ops_manager, tech):
    client = sign_in(ops_manager)
    response = client.post(URL, values | {"department": tech.pk})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["department"])
    assert client.post(URL, values).status_code == 302


@pytest.mark.parametrize("who", ["head_cleaning", "approver", "auditor", "admin", "outsider"])
def test_only_the_risk_manager(values, sign_in, request, who):
    client = sign_in(request.getfixturevalue(who))
    assert (client.get(URL).status_code, client.post(URL, values).status_code) == (403, 403)
    assert not Register.objects.exists()


def test_wrong_method(manager):
    assert manager.delete(URL).status_code == 405
