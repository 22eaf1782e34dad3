import pytest
from django.utils.translation import override

from riskhub.search.services import create_saved_view

PAGE = "registers:risk_list"


@pytest.fixture(autouse=True)
def _in_chinese():
    with override("zh-hans"):
        yield


@pytest.fixture
def view(risk_manager):
    """The high ones by area, of the risk manager alone."""
    return create_saved_view(
        PAGE, by=risk_manager, name="高风险", query={"level": ["high"], "group": ["area"]},
        columns=["level", "owner"],
    )  # fmt: skip
