import pytest

from tests.builders import assess

pytestmark = pytest.mark.django_db

URL = "/risks/R001/plan/new/"


def test_nothing_is_ticked_that_nobody_has_looked_at(
    risk, risk_manager, second_manager, approver, sign_in
):
    """Before a strategy is chosen the rest is missing all the same."""
    assess(risk, (5, 5), (5, 5), by=risk_manager, confirmed_by=second_manager)
    page = sign_in(risk_manager).get(URL)
    done = [point.words for point in page.context["checklist"].points if point.is_done]
    assert done == ["The risk has a confirmed level"]
