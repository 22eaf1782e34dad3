import pytest

from incidents.services.injuries import record_injury
from tests.incidents.reporting import make_incident, make_incident_at, triage

pytestmark = pytest.mark.django_db


def url(incident):
    return f"/incidents/{incident.code}/"


def test_it_shows_what_was_said_and_what_is_known(sign_in, clean, staff_cleaning, risk_manager):
    incident = make_incident(clean, staff_cleaning, place="卧室", hurt=["customer"])
    record_injury(incident, by=risk_manager, role="staff", days_lost=3, note="手腕肿")
    page = sign_in(risk_manager).get(url(incident))
    facts = dict(page.context["facts"])
    assert (facts["上报人"], facts["服务环节"]) == ("王芳", "卧室")
    assert "实际严重程度" not in facts
    text = page.text
    assert all(words in text for words in (incident.text, "误工 3 天", "误工天数未知", "手腕肿"))


def test_how_it_went_on_is_read_from_the_log(sign_in, clean, risk_manager, risk):
    incident = make_incident_at("closed", clean, risk_manager, risk)
    history = sign_in(risk_manager).get(url(incident)).context["history"]
    assert [row.words for row in history] == [
        "事故已结案", "已记录事故原因", "事故后开始整改", "开始调查事故", "事故已分诊", "已上报事故",
    ]  # fmt: skip
    assert [row.is_now for row in history] == [True] + [False] * 5


def test_how_grave_it_was_is_said_once_somebody_knows(sign_in, clean, risk_manager):
    incident = make_incident(clean, risk_manager)
    triage(incident, risk_manager, actual_severity=2)
    facts = dict(sign_in(risk_manager).get(url(incident)).context["facts"])
    assert facts["实际严重程度"] == "2 级（共 5 级）"
    assert facts["可能的严重程度"] == "4 级（共 5 级）"


def test_without_a_name_the_log_names_nobody(sign_in, clean, staff_cleaning, risk_manager):
    incident = make_incident(clean, staff_cleaning, kind="near_miss", is_anonymous=True)
    page = sign_in(risk_manager).get(url(incident))
    (row,) = page.context["history"]
    assert (row.meta[0], "王芳" in page.text) == ("匿名", False)


def test_other_departments_do_not_find_it(sign_in, clean, staff_cleaning, head_repair):
    incident = make_incident(clean, staff_cleaning)
    assert sign_in(staff_cleaning).get(url(incident)).status_code == 200
    assert sign_in(head_repair).get(url(incident)).status_code == 404
