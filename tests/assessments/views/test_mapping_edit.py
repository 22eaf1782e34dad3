import pytest

from assessments.services.imports import import_now, rename_mapping
from riskhub.imports.models import ImportMapping
from tests.assessments.events import events_of
from tests.assessments.pages import told
from tests.assessments.uploads import ANSWERS, WORDS, uploaded
from tests.cast import make_user
from tests.controls import controls_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(register, risk_manager):
    import_now(
        uploaded(WORDS, by=risk_manager, mapping=ANSWERS, filename="三季度.csv"), by=risk_manager
    )
    return ImportMapping.objects.get()


def url(kept):
    return f"/imports/mappings/{kept.pk}/"


def post(client, kept, name, version=1):
    page = client.post(url(kept), {"name": name, "row_version": version})
    kept.refresh_from_db()
    return page


def test_the_answers_in_words(kept, risk_manager, sign_in):
    page = sign_in(risk_manager).get(url(kept))
    assert page.context["answers"] == [
        ("Name of the risk", "column B"), ("Department", "column F"), ("Owner", "column E"),
        ("Probability", "column C"), ("Impact", "column D"), ("Number", "column A"),
        ("Status", "column G"), ("Level", "column H"),
        ("Scale: Probability", "低 → 2, 中 → 3, 高 → 4"), ("Scale: Impact", "低 → 2, 高 → 4"),
        ("Category that the file lacks", "Operational risk"),
        ("Department that the file lacks", "Service operations"),
        ("Source that the file lacks", "Audit"),
    ]  # fmt: skip
    for name, words in page.context["answers"]:
        assert name in page.text
        assert words in page.text


def test_every_kind_of_scale(kept, risk_manager, sign_in):
    bands = {"bands": [2, 4, 6, 8], "n/k": None} | {f"w{n}": 1 for n in range(14)}
    kept.mapping = {"scales": {"probability": "1-5", "impact": bands}}
    kept.save()
    words = dict(sign_in(risk_manager).get(url(kept)).context["answers"])
    assert words["Scale: Probability"] == "1 to 5 as they stand"
    assert words["Scale: Impact"].startswith("limits 2, 4, 6, 8, n/k → not rated, w0 → 1")
    assert words["Scale: Impact"].endswith("and 4 more")


def test_renamed(kept, risk_manager, sign_in):
    page = post(sign_in(risk_manager), kept, " 总部  季报 ")
    assert (page.status_code, page["Location"]) == (302, "/imports/mappings/")
    assert told(page) == ["总部 季报 is saved."]
    assert (kept.name, kept.row_version) == ("总部 季报", 2)
    event = events_of(kept)[-1]
    assert (event["action"], event["actor_name"]) == ("import_mapping.renamed", "陈静")
    assert event["before"] == {"name": "三季度", "row_version": 1}


@pytest.mark.parametrize("name", ["", " ", "x" * 121])
def test_a_name_that_is_none(kept, risk_manager, sign_in, name):
    page = post(sign_in(risk_manager), kept, name)
    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["name"]
    assert kept.name == "三季度"


def test_renamed_meanwhile(kept, risk_manager, sign_in):
    client = sign_in(risk_manager)
    rename_mapping(kept, by=risk_manager, version=1, name="别人")
    page = post(client, kept, "我的")
    assert page.status_code == 409
    assert "别人" in page.text
    assert "我的" in page.text
    assert kept.name == "别人"


def test_not_visible_not_allowed_wrong_method(
    kept, tech, auditor, staff_cleaning, risk_manager, sign_in
):
    of_tech = make_user("of.tech", "x", "risk_manager", tech)
    assert sign_in(of_tech).get(url(kept)).status_code == 404
    assert post(sign_in(of_tech), kept, "x").status_code == 404
    assert sign_in(staff_cleaning).get(url(kept)).status_code == 404
    page = sign_in(auditor).get(url(kept))
    assert (page.status_code, controls_of(page).count("form")) == (200, 0)
    assert post(sign_in(auditor), kept, "x").status_code == 403
    assert sign_in(risk_manager).put(url(kept)).status_code == 405
    assert kept.name == "三季度"
