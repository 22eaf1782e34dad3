"""Save what is being judged: whatever is typed, for its author alone, and continue it later."""

import re
from decimal import Decimal

import pytest

from assessments.effects import NetOf
from assessments.grounds import Basis, Score
from assessments.lec import Lec
from assessments.models import Assessment, AssessmentDraft
from assessments.services import Scores, record_assessment, reject_assessment
from registers.models import RiskArea
from registers.services import close_risk
from riskhub.audit.models import AuditEvent
from tests.assessments.pages import htmx, told
from tests.assessments.views.assessment_forms import URL as FORM
from tests.assessments.views.assessment_forms import half
from tests.builders import assess, make_policy, make_risk

pytestmark = pytest.mark.django_db

URL = "/risks/R001/assess/draft/"


def whole(**fields):
    return half(inherent_probability="2", inherent_impact="2", residual_probability="",
                rationale="三起同类事件", confidence="medium") | fields  # fmt: skip


def test_half_a_thought_is_kept_and_continued(risk, risk_manager, sign_in):
    client = sign_in(risk_manager)
    page = client.post(URL, half())
    assert (page.status_code, page["Location"]) == (302, FORM)
    assert told(page) == ["The draft is saved. Only you see it."]
    assert not Assessment.objects.exists()
    page = client.get(FORM)
    form = page.context["form"]
    assert [form[name].value() for name in ("inherent_probability", "residual_probability")] == [
        "4",
        "5",
    ]
    assert form["rationale"].value() == "写到一半"
    assert "Draft saved" in page.text
    (event,) = AuditEvent.objects.filter(action="assessment.drafted")
    assert (event.object_type, event.actor_name) == ("assessments_assessmentdraft", "陈静")


def test_only_its_author_sees_it(risk, risk_manager, second_manager, sign_in):
    sign_in(risk_manager).post(URL, half())
    page = sign_in(second_manager).get(FORM)
    assert "写到一半" not in page.text
    assert page.context["draft"] is None
    assert "写到一半" not in sign_in(second_manager).get("/risks/R001/assessments/").text
    assert "写到一半" not in sign_in(second_manager).get("/risks/R001/history/").text


def test_each_has_a_draft_of_their_own(risk, risk_manager, second_manager, sign_in):
    for user in (risk_manager, second_manager):
        sign_in(user).post(URL, half(rationale=user.username))
    assert AssessmentDraft.objects.count() == 2
    assert sign_in(risk_manager).get(FORM).context["form"]["rationale"].value() == "risk.manager"


def test_while_typing_only_the_line_that_says_so_comes_back(risk, risk_manager, sign_in):
    client = sign_in(risk_manager)
    page = client.post(URL, half(), **htmx("draft-state"))
    assert page.status_code == 200
    assert page.text.strip().startswith("<div")
    assert "<form" not in page.text
    assert re.search(r'name="row_version" value="1"', page.text)
    page = client.post(URL, half(row_version="1", rationale="又写了一句"), **htmx("draft-state"))
    assert 'name="row_version" value="2"' in page.text
    same = client.post(URL, half(row_version="1", rationale="又写了一句"), **htmx("draft-state"))
    assert 'name="row_version" value="2"' in same.text
    assert AuditEvent.objects.filter(action="assessment.drafted").count() == 2


def test_two_windows_are_shown_both_texts(risk, risk_manager, sign_in):
    client = sign_in(risk_manager)
    client.post(URL, half())
    client.post(URL, half(row_version="1", rationale="甲窗口"))
    page = client.post(URL, half(row_version="1", rationale="乙窗口"))
    assert page.status_code == 409
    (row,) = page.context["conflict"].differences
    assert (row.stored, row.typed) == ("甲窗口", "乙窗口")
    form = page.context["form"]
    assert (form["rationale"].value(), form["row_version"].value()) == ("乙窗口", "2")
    assert AssessmentDraft.objects.get().typed["rationale"] == "甲窗口"
    assert client.post(URL, half(row_version="2", rationale="乙窗口")).status_code == 302


def test_while_typing_a_stale_window_gets_the_whole_form(risk, risk_manager, sign_in):
    client = sign_in(risk_manager)
    client.post(URL, half())
    page = client.post(URL, half(row_version="0", rationale="乙窗口"), **htmx("draft-state"))
    assert (page.status_code, page["HX-Retarget"]) == (409, "#assessment-form")
    assert page.text.strip().startswith("<form")
    assert "乙窗口" in page.text


def test_a_stale_window_submits_nothing(risk, risk_manager, sign_in):
    client = sign_in(risk_manager)
    client.post(URL, half())
    page = client.post(FORM, whole(row_version="0"))
    assert page.status_code == 409
    assert not Assessment.objects.exists()
    assert AssessmentDraft.objects.exists()


def test_submitting_ends_the_draft_and_twice_is_once(risk, risk_manager, sign_in):
    client, sent = sign_in(risk_manager), whole(row_version="1")
    client.post(URL, half())
    for _time in range(2):
        assert client.post(FORM, sent).status_code == 302
    assert (Assessment.objects.count(), AssessmentDraft.objects.count()) == (1, 0)
    assert AuditEvent.objects.filter(object_type="assessments_assessmentdraft").count() == 2


@pytest.mark.parametrize("version", ["", "x", "9" * 30])
def test_a_version_that_is_none_is_none(risk, risk_manager, sign_in, version):
    assert sign_in(risk_manager).post(URL, half(row_version=version)).status_code == 302


def test_too_much_is_not_cut_but_refused(risk, risk_manager, sign_in):
    page = sign_in(risk_manager).post(URL, half(rationale="长" * 60_001))
    assert page.status_code == 409
    assert "This is too long to be kept." in page.content.decode()
    assert not AssessmentDraft.objects.exists()


def test_what_was_sent_back_is_gone_on_with(risk, risk_manager, second_manager, sign_in):
    waiting = assess(risk, (5, 5), (5, 5), by=risk_manager)
    reject_assessment(waiting, by=second_manager, reason="缺少依据")
    page = sign_in(risk_manager).get(FORM)
    form = page.context["form"]
    assert form["inherent_impact"].value() == 5
    assert form["rationale"].value() == "三起同类事件"
    assert "缺少依据" in page.text
    assert sign_in(second_manager).get(FORM).context["returned"] is None
    client = sign_in(risk_manager)
    client.post(FORM, whole())
    assert client.get(FORM).context["returned"] is None
    assert list(Assessment.objects.order_by("pk").values_list("state", flat=True)) == [
        "rejected", "confirmed",
    ]  # fmt: skip


def sent_back(risk, *, by):
    """Judged with everything that the form takes, and taken back by its author."""
    policy = make_policy(by=by)
    basis = Basis(
        inherent=(Score("injury", 4, "骨折"),), evidence="工单三份",
        net_of=NetOf(policy.pk, 1), lec=Lec(Decimal(1), Decimal(3), Decimal(15)),
    )  # fmt: skip
    made = record_assessment(
        risk, by=by, scores=Scores((4, 4), (4, 3), (2, 3)), rationale="三起同类事件", basis=basis
    )
    reject_assessment(made, by=by, reason="重新判断")


def test_what_is_emptied_stays_empty(register, clean, risk_manager, sign_in):
    area = RiskArea.objects.get(code="staff_safety")
    sent_back(make_risk(register, by=risk_manager, department=clean, area=area), by=risk_manager)
    client = sign_in(risk_manager)
    names = [
        "inherent_injury", "inherent_injury_note", "lec_likelihood", "lec_exposure",
        "lec_consequence", "target_probability", "target_impact", "evidence", "rationale",
        "net_of_policy",
    ]  # fmt: skip
    form = client.get(FORM).context["form"]
    assert all(form[name].value() for name in names)
    emptied = dict.fromkeys(names, "") | {"policy_impact": "0"}
    assert client.post(URL, half(**emptied)).status_code == 302
    form = client.get(FORM).context["form"]
    assert {name: form[name].value() for name in emptied} == emptied


def test_a_draft_that_does_not_know_a_field_leaves_it_as_it_was(risk, risk_manager, sign_in):
    assess(risk, (2, 3), (2, 3), by=risk_manager)
    client = sign_in(risk_manager)
    client.post(URL, half())
    form = client.get(FORM).context["form"]
    assert [form[f"inherent_{axis}"].value() for axis in ("probability", "impact")] == ["4", 3]


def test_a_closed_risk_keeps_no_draft(risk, risk_manager, sign_in):
    close_risk(risk, by=risk_manager, reason="业务停止")
    assert sign_in(risk_manager).post(URL, half()).status_code == 409
    assert not AssessmentDraft.objects.exists()


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("risk_manager", 302), ("head_cleaning", 302), ("staff_cleaning", 403), ("approver", 403),
        ("auditor", 403), ("admin", 403), ("head_repair", 404), ("outsider", 404),
    ],
)  # fmt: skip
def test_who_may(risk, sign_in, request, who, status):
    client = sign_in(request.getfixturevalue(who))
    assert client.post(URL, half()).status_code == status
    assert client.get(URL).status_code == 405
    assert AssessmentDraft.objects.exists() is (status == 302)
