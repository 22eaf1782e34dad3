import pytest

from assessments.services.imports import import_now
from registers.services import create_register
from riskhub.imports.models import ImportMapping
from tests.assessments.pages import htmx, queries_of
from tests.assessments.uploads import ANSWERS, NUMBERS, WORDS, answered, uploaded
from tests.cast import make_user

pytestmark = pytest.mark.django_db
URL = "/imports/mappings/"


@pytest.fixture
def kept(register, risk_manager):
    import_now(
        uploaded(WORDS, by=risk_manager, mapping=ANSWERS, filename="三季度.csv"), by=risk_manager
    )
    return ImportMapping.objects.get()


def names(page):
    return [row.name for row in page.context["page"]]


def test_from_the_list_of_imports(kept, risk_manager, sign_in):
    client = sign_in(risk_manager)
    assert f'href="{URL}"' in client.get("/imports/").text
    assert "1 kept mapping" in client.get("/imports/").text
    page = client.get(URL)
    assert names(page) == ["三季度"]
    for words in ("三季度.csv", "SVC", "陈静", f'href="{URL}{kept.pk}/"'):
        assert words in page.text


def test_nothing_kept(risk_manager, sign_in):
    client = sign_in(risk_manager)
    assert URL not in client.get("/imports/").text
    assert "Nothing is kept yet" in client.get(URL).text


def test_what_others_see(kept, tech, ops, auditor, staff_cleaning, sign_in):
    assert names(sign_in(make_user("of.tech", "x", "risk_manager", tech)).get(URL)) == []
    assert names(sign_in(make_user("of.ops", "x", "risk_manager", ops)).get(URL)) == ["三季度"]
    assert names(sign_in(auditor).get(URL)) == ["三季度"]
    assert sign_in(staff_cleaning).get(URL).status_code == 403
    assert sign_in(auditor).post(URL).status_code == 405


def test_the_part_alone_and_as_many_queries_for_three_as_for_one(kept, risk_manager, ops, sign_in):
    client = sign_in(risk_manager)
    one = queries_of(client, URL)
    import_now(answered(NUMBERS, by=risk_manager), by=risk_manager)
    create_register(by=risk_manager, code="TWO", name_zh="二", department=ops)
    import_now(answered(NUMBERS, by=risk_manager, code="TWO"), by=risk_manager)
    assert len(names(client.get(URL))) == 3
    assert queries_of(client, URL) == one
    part = client.get(URL, **htmx("mappings")).text.strip()
    assert part.startswith('<div class="rh-card" id="mappings">')
