"""What the tests of the triage pages share."""

from uuid import uuid4

import pytest

from registers.models import RiskCategory, RiskProposal
from registers.services import file_proposal
from tests.builders import make_risk


@pytest.fixture
def filed(staff_cleaning, clean, register):
    return file_proposal(
        by=staff_cleaning, client_uuid=uuid4(), text="厨房地面有油，差点滑倒。建议带鞋套。",
        department=clean,
    )[0]  # fmt: skip


@pytest.fixture
def unnamed(clean, register):
    return RiskProposal.objects.create(
        text="梯子晃", department=clean, is_anonymous=True, kinds=["near_miss"]
    )


@pytest.fixture
def url(filed):
    return f"/inbox/triage/{filed.pk}/"


@pytest.fixture
def accept(filed, register, clean, manager, url):
    """What the browser sends when the risk manager only adds the category."""
    form = manager.get(url).context["accept"]
    values = {bound.name: bound.value() for bound in form if bound.value() is not None}
    category = RiskCategory.objects.get(code="operational").pk
    return values | {"decision": "accept", "category": category, "register": register.pk}


@pytest.fixture
def alike(register, risk_manager, filed):
    """R001, of the same department, which says nearly the same."""
    return make_risk(
        register, by=risk_manager, title="厨房地面有油", event="差点滑倒", category="technical"
    )
