import pytest

from incidents.models import StatutoryRule
from tests.incidents.reporting import confirmed

pytestmark = pytest.mark.django_db


def test_it_reminds_no_more(sign_in, risk_manager):
    (rule,) = confirmed(risk_manager, "work_injury")
    sent = {"row_version": rule.row_version}
    assert (
        sign_in(risk_manager).post("/settings/statutory/work_injury/stop/", sent).status_code == 302
    )
    assert not StatutoryRule.objects.confirmed().exists()
