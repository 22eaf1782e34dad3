"""What is kept, for how long, and who sees it; linked from where customers type."""

import pytest

from riskhub.audit.context import acting
from riskhub.company.models import CompanySetting
from tests.incidents.complaining import make_complaint
from tests.incidents.views.following import STATUS, follow

pytestmark = pytest.mark.django_db
URL = "/privacy"


@pytest.mark.parametrize(("days", "words"), [(None, "2 年"), (365, "1 年"), (90, "90 天")])
def test_it_says_how_long_as_the_company_has_set_it(client, days, words):
    if days:
        with acting(None, "setting.changed"):
            CompanySetting.objects.create(key="contact_kept_days", value=days)
    assert f"结案 {words}后" in client.get(URL).text
    assert f"结案 {words}后" in client.get("/complain").text


def test_it_is_linked_from_where_customers_type(client):
    for page in (client.get("/complain"), follow(client, make_complaint()).get(STATUS)):
        assert f'href="{URL}"' in page.text
