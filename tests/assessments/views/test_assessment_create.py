import re

import pytest
from django.urls import reverse

from assessments.models import Assessment
from registers.services import close_risk
from tests.assessments.events import actions_of
from tests.assessments.pages import htmx, told
from tests.assessments.views.assessment_forms import URL, answers, scores
from tests.builders import assess, cover

pytestmark = pytest.mark.django_db


@pytest.fixture
def risk(risk, risk_manager):
    """With a control that lowers the probability by one step."""
    cover(risk, (3, 3), (2, 3), by=risk_manager)
    return risk


HIGH = {"inherent_probability": 5, "residual_probability": 4}


def test_the_address(risk):
    assert reverse("assessments:assessment_create", args=["R001"]) == URL


def test_it_shows_every_band_with_its_anchors(risk, risk_manager, sign_in):
    page = sign_in(risk_manager).get(URL)
    assert page.status_code == 200
    form = page.context["form"]
    for name in (
        "inherent_probability",
        "inherent_impact",
        "residual_probability",
        "residual_impact",
    ):
        assert [str(value) for value, _label in form.fields[name].choices] == list("12345")
    hints = [label.hint for _value, label in form.fields["inherent_probability"].choices]
    assert hints[0] == ("Less than once in five years; never seen here, only heard of at peers")
    hints = [label.hint for _value, label in form.fields["inherent_impact"].choices]
    assert hints[2] == "CNY 10k–50k. Hospital stay or 2 to 30 days off, full recovery"
    assert "Licence withdrawn, criminal case, or the company is blacklisted" in page.text
    assert (
        "吊销许可、刑事立案或公司被列入失信名单" in sign_in(risk_manager, "zh-hans").get(URL).text
    )


def test_medium_counts_at_once(risk, risk_manager, sign_in):
    page = sign_in(risk_manager).post(URL, answers())
    assert (page.status_code, page["Location"]) == (302, "/risks/R001/")
    assessment = Assessment.objects.get()
    assert (assessment.state, assessment.method, assessment.trigger, assessment.confidence) == (
        "confirmed", "matrix", "initial", "medium",
    )  # fmt: skip
    assert assessment.rationale == "三起同类事件"
    assert actions_of(assessment) == ["assessment.submitted", "assessment.confirmed"]
    risk.refresh_from_db()
    assert (risk.state, risk.level_word) == ("assessed", "medium")
    assert told(page) == ["R001 is assessed: Medium."]


@pytest.mark.usefixtures("approver")
def test_high_says_who_confirms(risk, risk_manager, second_manager, sign_in):
    page = sign_in(risk_manager).post(URL, answers(**HIGH))
    assert Assessment.objects.get().state == "submitted"
    assert told(page) == ["Submitted. It counts when 李强 or 马文斌 confirms it."]
    risk.refresh_from_db()
    assert risk.state == "identified"


def test_high_without_anybody_else_says_so(risk, risk_manager, sign_in):
    assert told(sign_in(risk_manager).post(URL, answers(**HIGH))) == [
        "Submitted. Nobody has the right to confirm it yet: tell the administrator."
    ]


def test_a_target_is_kept_and_the_next_one_is_a_reassessment(risk, risk_manager, sign_in):
    client = sign_in(risk_manager)
    client.post(URL, answers())
    client.post(URL, answers(target_probability=1, target_impact=2))
    columns = ("trigger", "target_probability", "target_impact", "target_level")
    assert list(Assessment.objects.order_by("pk").values_list(*columns)) == [
        ("initial", None, None, None),
        ("manual", 1, 2, 0),
    ]


def test_sent_twice_is_one_assessment(risk, risk_manager, sign_in):
    client, sent = sign_in(risk_manager), answers()
    for _time in range(2):
        assert client.post(URL, sent).status_code == 302
    high = answers(**HIGH)
    for _time in range(2):
        assert client.post(URL, high).status_code == 302
    assert Assessment.objects.count() == 2


def test_a_key_that_somebody_else_used_is_refused(risk, risk_manager, second_manager, sign_in):
    sent = answers()
    sign_in(risk_manager).post(URL, sent)
    page = sign_in(second_manager).post(URL, sent)
    assert (page.status_code, Assessment.objects.count()) == (422, 1)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"rationale": " "}, {"rationale"}),
        ({"residual_probability": 4}, {"residual_probability"}),
        ({"residual_impact": 5}, {"residual_impact"}),
        ({"inherent_impact": ""}, {"inherent_impact"}),
        ({"inherent_impact": 6}, {"inherent_impact"}),
        ({"target_probability": 1}, {"target_impact"}),
        ({"target_impact": 1}, {"target_probability"}),
        ({"target_probability": 3, "target_impact": 1}, {"target_probability"}),
        ({"target_probability": 9, "target_impact": 1}, {"target_probability"}),
        ({"confidence": "sure"}, {"confidence"}),
        ({"client_uuid": "x"}, {"client_uuid"}),
    ],
)
def test_what_is_wrong_stays_in_the_form(risk, risk_manager, sign_in, fields, wrong):
    page = sign_in(risk_manager).post(URL, answers(**fields))
    assert page.status_code == 422
    assert set(page.context["form"].errors) == wrong
    assert not Assessment.objects.exists()
    if "rationale" not in fields:
        assert "三起同类事件" in page.text


def test_htmx_gets_the_form_alone(risk, risk_manager, sign_in):
    page = sign_in(risk_manager).post(URL, answers(rationale=""), **htmx("assessment-form"))
    assert page.status_code == 422
    assert page.text.strip().startswith("<form")
    assert "<html" not in page.text
    done = sign_in(risk_manager).post(URL, answers(), **htmx("assessment-form"))
    assert (done.status_code, '"path": "/risks/R001/"' in done["HX-Location"]) == (204, True)


@pytest.mark.usefixtures("second_manager")
def test_the_preview_is_the_rule_of_the_server(risk, risk_manager, sign_in):
    query = scores(5, 3, 4, 3)
    page = sign_in(risk_manager).get(URL, query, **htmx("assessment-preview"))
    assert page.text.strip().startswith("<section")
    assert "<html" not in page.text
    preview = page.context["preview"]
    assert (preview.inherent.level, preview.residual.level, preview.target) == (3, 2, None)
    assert (
        "Needs a plan, approved by management within 10 days. Review every 3 months." in page.text
    )
    assert "李强" in page.text
    assert not Assessment.objects.exists()


def test_the_preview_names_what_the_high_corner_asks_for(risk, risk_manager, sign_in):
    page = sign_in(risk_manager).get(URL, scores(4, 4, 4, 4), **htmx("assessment-preview"))
    assert "It names special measures, their sponsor and a contingency plan." in page.text


def test_the_preview_of_half_a_form_and_of_nonsense(risk, risk_manager, sign_in):
    client = sign_in(risk_manager)
    for query in (
        {},
        {"residual_probability": 4},
        {"residual_probability": "x", "residual_impact": 9},
    ):
        assert client.get(URL, query).context["preview"].residual is None
        page = client.get(URL, query, **htmx("assessment-preview"))
        assert "the level appears here" in page.text
    assert client.get(URL, scores(1, 1, 2, 1)).context["preview"].is_upside_down is True


def test_the_former_one_stands_beside_and_in_the_form(risk, risk_manager, sign_in):
    assess(risk, (3, 3), (2, 3), by=risk_manager)
    page = sign_in(risk_manager).get(URL)
    assert page.context["form"]["residual_impact"].value() == 3
    assert page.context["former"] == Assessment.objects.get()


def test_quick_entry_offers_three_and_loses_nothing(risk, risk_manager, sign_in):
    client = sign_in(risk_manager)
    sent = answers(
        inherent_probability=5, residual_probability=1, rationale="写到一半", switch="quick"
    )
    page = client.post(URL, sent)
    assert page.status_code == 200
    form = page.context["form"]
    assert [(str(v), str(label)) for v, label in form.fields["inherent_probability"].choices] == [
        ("2", "Low"), ("3", "Medium"), ("4", "High"),
    ]  # fmt: skip
    assert [form[name].value() for name in ("inherent_probability", "residual_probability")] == [
        None,
        None,
    ]
    assert "no score 1 or 5" in page.text
    assert (form["rationale"].value(), str(form["client_uuid"].value())) == (
        "写到一半",
        sent["client_uuid"],
    )
    assert not Assessment.objects.exists()
    page = client.post(URL, answers(entry="quick", inherent_probability=4, inherent_impact=4,
                                    residual_probability=4, residual_impact=4))  # fmt: skip
    assessment = Assessment.objects.get()
    assert (assessment.method, assessment.residual_level) == ("qualitative", 3)


def test_quick_entry_lowers_no_score_by_itself_and_back_it_stands_again(
    risk, risk_manager, second_manager, sign_in
):
    assess(risk, (5, 3), (5, 2), by=risk_manager, confirmed_by=second_manager)
    client = sign_in(risk_manager)
    quick = client.get(URL, {"switch": "quick"}, **htmx("assessment-form"))
    assert quick.context["form"]["inherent_probability"].value() is None
    assert quick.context["form"]["inherent_impact"].value() == 3
    assert 'id="assessment-preview" data-hx-swap-oob="true"' in quick.text
    back = client.get(URL, {"switch": "five", "inherent_impact": 3}, **htmx("assessment-form"))
    shown = back.context["form"]
    assert [shown[f"{kind}_probability"].value() for kind in ("inherent", "residual")] == [5, 5]
    assert "no score 1 or 5" not in back.text


@pytest.mark.usefixtures("second_manager")
def test_a_waiting_one_is_shown_instead_of_a_form(risk, risk_manager, sign_in):
    waiting = assess(risk, (5, 5), (5, 5), by=risk_manager)
    client = sign_in(risk_manager)
    page = client.get(URL)
    assert 'id="assessment-form"' not in page.text
    assert "李强" in page.text
    assert reverse("assessments:assessment_reject", args=[waiting.pk]) in page.text
    page = client.post(URL, answers())
    assert (page.status_code, Assessment.objects.count()) == (422, 1)
    assert page.context["form"].non_field_errors()
    assert "三起同类事件" in page.text


def test_a_closed_risk_leads_back(risk, risk_manager, sign_in):
    close_risk(risk, by=risk_manager, reason="业务停止")
    client, words = sign_in(risk_manager), "R001 is closed. Open it again to assess it."
    page = client.get(URL)
    assert (page["Location"], told(page)) == ("/risks/R001/", [words])
    page = client.post(URL, answers())
    assert (page.status_code, words in page.content.decode()) == (409, True)
    assert not Assessment.objects.exists()


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("risk_manager", 200), ("head_cleaning", 200), ("staff_cleaning", 403), ("approver", 403),
        ("auditor", 403), ("admin", 403), ("head_repair", 404), ("outsider", 404),
    ],
)  # fmt: skip
def test_who_may(risk, sign_in, request, who, status):
    client = sign_in(request.getfixturevalue(who))
    assert client.get(URL).status_code == status
    assert client.post(URL, answers()).status_code == (302 if status == 200 else status)
    assert Assessment.objects.exists() is (status == 200)


def test_nobody_and_nothing(risk, risk_manager, sign_in):
    assert sign_in().get(URL)["Location"] == f"/accounts/login/?next={URL}"
    assert sign_in(risk_manager).get("/risks/R999/assess/").status_code == 404
    assert sign_in(risk_manager).put(URL).status_code == 405


@pytest.mark.parametrize("entry", ["five", "quick"])
@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("zh-hans", ["固有发生概率", "固有影响程度", "剩余发生概率", "剩余影响程度"]),
        (
            "en",
            ["Inherent probability", "Inherent impact", "Residual probability", "Residual impact"],
        ),
    ],
)
def test_each_score_has_a_name_of_its_own(risk, risk_manager, sign_in, entry, language, names):
    sent = answers(**scores("", "", "", ""), entry=entry)
    text = sign_in(risk_manager, language).post(URL, sent).text
    summary = text[text.index("rh-summary") :].split("</ul>")[0]
    assert re.findall(r">([^<]+)</a>", summary) == names
    assert all(f"<legend>{name}" in text for name in names)
