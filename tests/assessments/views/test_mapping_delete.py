import pytest

from assessments.services.imports import import_now
from riskhub.imports.models import ImportMapping
from tests.assessments.events import events_of
from tests.assessments.pages import told
from tests.assessments.uploads import ANSWERS, WORDS, uploaded
from tests.cast import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(register, risk_manager):
    import_now(
        uploaded(WORDS, by=risk_manager, mapping=ANSWERS, filename="三季度.csv"), by=risk_manager
    )
    return ImportMapping.objects.get()


def delete(client, kept, version=1):
    return client.post(f"/imports/mappings/{kept.pk}/delete/", {"row_version": version})


def test_it_is_gone_and_the_import_stays(kept, risk_manager, sign_in):
    client = sign_in(risk_manager)
    page = client.get(f"/imports/mappings/{kept.pk}/")
    assert f'action="/imports/mappings/{kept.pk}/delete/"' in page.text
    page = delete(client, kept)
    assert (page.status_code, page["Location"]) == (302, "/imports/mappings/")
    assert told(page) == ["三季度 is deleted. The next such file is asked about anew."]
    assert not ImportMapping.objects.exists()
    event = events_of(kept)[-1]
    assert (event["action"], event["before"]["name"]) == ("import_mapping.deleted", "三季度")
    assert delete(client, kept).status_code == 404


def test_used_meanwhile(kept, risk_manager, sign_in):
    assert delete(sign_in(risk_manager), kept, version=7).status_code == 409
    assert sign_in(risk_manager).post(f"/imports/mappings/{kept.pk}/delete/").status_code == 400
    assert ImportMapping.objects.exists()


def test_not_visible_not_allowed_wrong_method(kept, tech, auditor, risk_manager, sign_in):
    assert delete(sign_in(make_user("of.tech", "x", "risk_manager", tech)), kept).status_code == 404
    assert delete(sign_in(auditor), kept).status_code == 403
    assert sign_in(risk_manager).get(f"/imports/mappings/{kept.pk}/delete/").status_code == 405
    risk_manager.role_assignments.all().delete()
    assert delete(sign_in(risk_manager), kept).status_code == 404
    assert ImportMapping.objects.exists()
