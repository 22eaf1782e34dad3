import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from assessments.models import Assessment
from registers.models import Risk
from riskhub.accounts.services import assign_role, create_user
from tests.builders import make_control, make_risk


@pytest.fixture(autouse=True)
def _in_chinese():
    """A page leaves its reader's language behind in this thread."""
    with override("zh-hans"):
        yield


@pytest.fixture
def risk(register, risk_manager):
    """R001 of OPS, identified."""
    return make_risk(register, by=risk_manager)


@pytest.fixture
def other_risk(risk, register, risk_manager, tech):
    """R002, of the other department."""
    return make_risk(register, by=risk_manager, department=tech, title="外包师傅违规")


@pytest.fixture
def control(risk_manager, ops):
    """C-101 of OPS, in use, checked every 30 days, owned by nobody yet."""
    return make_control(ops, by=risk_manager)


@pytest.fixture
def ops_manager(ops):
    """Keeps the register of OPS and its children only."""
    user = create_user(by=None, username="ops.manager", display_name="郑敏", department=ops)
    assign_role(user, by=None, role="risk_manager", department=ops)
    return user


@pytest.fixture
def manager(sign_in, risk_manager):
    return sign_in(risk_manager)


@pytest.fixture
def queries():
    """`queries(client, url)` counts what a page asks the database."""

    def count(client, url, **headers):
        client.get(url, headers=headers)  # whatever is read once per process
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url, headers=headers).status_code == 200
        return len(captured)

    return count


@pytest.fixture
def part():
    """`part(client, url, "risk-rows")` is what htmx gets for that element."""

    def get(client, url, target, data=None):
        headers = {"HX-Request": "true", "HX-Target": target}
        if data is None:
            return client.get(url, headers=headers)
        return client.post(url, data, headers=headers)

    return get


@pytest.fixture
def judged_as_shown(db):
    """For tests that write what risks show by themselves: at the end each has such an assessment."""
    yield
    parts = ("probability", "impact", "level")
    cells = [f"{kind}_{part}" for kind in ("inherent", "residual", "target") for part in parts]
    for risk in Risk.objects.exclude(standing_scheme=None):
        Assessment.objects.create(
            risk=risk, scheme_id=risk.standing_scheme, state="confirmed", confirmed_by=risk.accepted_by,
            confirmed_at=timezone.now(), assessed_on=risk.assessed_on, is_unlinked_import=True,
            **{name: getattr(risk, name) for name in cells},
        )  # fmt: skip


@pytest.fixture
def in_english():
    with override("en"):
        yield
