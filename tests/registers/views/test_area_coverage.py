import pytest

from registers.models import RiskArea, ServiceLine
from tests.assessments.pages import queries_of
from tests.builders import assess, make_risk

pytestmark = pytest.mark.django_db

URL = "/identify/coverage/"


@pytest.fixture
def covered(register, risk_manager, second_manager, clean, repair):
    area = RiskArea.objects.get(code="property")
    lines = list(ServiceLine.objects.all()[:2])
    one = make_risk(register, by=risk_manager, department=clean, area=area, service_lines=lines)
    assess(one, (4, 4), (4, 3), by=risk_manager, confirmed_by=second_manager)
    make_risk(register, by=risk_manager, department=repair, area=area, service_lines=lines[:1])


def rows(page):
    return [row for table in page.context["tables"] for row in table.rows]


def test_every_number_is_that_of_its_list(covered, risk_manager, sign_in):
    client = sign_in(risk_manager)
    found = rows(client.get(URL))
    assert {row.name for row in found if row.count} != set()
    for row in found:
        assert (row.url, client.get(row.url).context["page"].count) == (row.url, row.count)
        for level in row.levels:
            assert client.get(level.url).context["page"].count == level.count


def test_an_area_without_a_risk_is_there_and_said(covered, risk_manager, sign_in):
    page = sign_in(risk_manager).get(URL)
    areas, lines = page.context["tables"]
    assert len(areas.rows) == RiskArea.objects.filter(is_active=True).count()
    assert (areas.empty, lines.empty) == (len(areas.rows) - 1, len(lines.rows) - 2)


def test_what_belongs_to_no_area_and_no_line_stands_in_a_last_row(
    covered, register, risk_manager, sign_in
):
    make_risk(register, by=risk_manager)
    client = sign_in(risk_manager)
    page = client.get(URL)
    for table in page.context["tables"]:
        last = table.rows[-1]
        assert (last.count, client.get(last.url).context["page"].count) == (1, 1)
    assert sum(row.count for row in page.context["tables"][0].rows) == 3


def test_what_one_does_not_see_is_not_counted(covered, head_cleaning, sign_in):
    assert sorted(row.count for row in rows(sign_in(head_cleaning).get(URL)) if row.count) == [
        1,
        1,
        1,
    ]


def test_more_risks_cost_no_more_queries(covered, register, risk_manager, sign_in):
    client = sign_in(risk_manager)
    asked = queries_of(client, URL)
    make_risk(register, by=risk_manager, area=RiskArea.objects.get(code="quality"))
    assert queries_of(client, URL) == asked
