import pytest
from django.utils.translation import override

from riskhub.accounts.services import assign_role


@pytest.fixture(autouse=True)
def _in_chinese():
    with override("zh-hans"):
        yield


@pytest.fixture
def founder(admin):
    """The first person: administrator and risk manager."""
    assign_role(admin, by=None, role="risk_manager")
    return admin


@pytest.fixture
def as_founder(sign_in, founder):
    return sign_in(founder)
