import pytest

from registers.models import Control
from tests.builders import make_control
from tests.registers.audit import Trail

URL = "/controls/C-101/activate/"


@pytest.fixture
def planned(ops, risk_manager):
    return make_control(ops, by=risk_manager, state="draft")


def test_in_use_from_now_on(planned, manager):
    trail = Trail()
    assert manager.post(URL)["Location"] == "/controls/C-101/"
    assert trail.only("registers_control").action == "control.activated"
    assert Control.objects.get().is_in_use is True


def test_in_use_already(control, manager):
    assert manager.post(URL).status_code == 409


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("head_cleaning", 302), ("approver", 403), ("auditor", 403), ("staff_cleaning", 404),
        ("head_repair", 404),
    ],
)  # fmt: skip
def test_who_may(planned, sign_in, request, who, status):
    assert sign_in(request.getfixturevalue(who)).post(URL).status_code == status
    assert Control.objects.get().is_in_use is (status == 302)


def test_never_by_looking(planned, manager):
    assert (manager.get(URL).status_code, manager.head(URL).status_code) == (405, 405)
    assert Control.objects.get().is_in_use is False
