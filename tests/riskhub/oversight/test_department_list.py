import re

import pytest

from tests.builders import make_risk

pytestmark = pytest.mark.django_db

URL = "/oversight/"


@pytest.fixture
def reader(risk_manager):
    risk_manager.locale = "en"
    risk_manager.save(update_fields=["locale"])
    return risk_manager


def test_each_number_is_said_with_its_department_and_leads_to_its_list(
    register, reader, sign_in, ops, clean
):
    make_risk(register, by=reader, department=ops)
    make_risk(register, by=reader, department=clean)
    page = sign_in(reader).get(URL).content.decode()
    assert re.search(r'aria-label="Service operations, Open risks: 2">2<', page)
    assert 'href="/risks/?department=CLEAN"' in page


def test_a_part_is_set_in_below_what_it_belongs_to(reader, head_cleaning, sign_in, ops, clean):
    """As far as its place among those that are shown."""
    page = sign_in(reader).get(URL).content.decode()
    row = re.search(r'rh-depth-1"><span[^>]*>└ </span>House cleaning<span[^>]*>([^<]*)<', page)
    assert row[1] == "level 1 below the top"
    assert page.count("└ ") == 1
    assert 'rh-depth-0">Service operations</th>' in page


def test_a_head_sees_the_own_departments_alone(register, head_cleaning, sign_in):
    lines = sign_in(head_cleaning).get(URL).context["lines"]
    assert {line.department.code for line in lines} == {"OPS"}


def test_nothing_to_supervise(staff_cleaning, sign_in):
    assert sign_in(staff_cleaning).get(URL).status_code == 403
