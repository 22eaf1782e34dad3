from dataclasses import replace
from decimal import Decimal

import pytest

from assessments.models import MatrixScheme
from assessments.schemes.in_force import scheme_in_force
from assessments.schemes.rows import content_of
from assessments.services.schemes import recall_scheme, save_scheme, submit_scheme
from registers.models import Risk
from riskhub.accounts.services import assign_role
from tests.assessments.events import actions_of
from tests.assessments.matrices import cautious, changed, draft, submitted
from tests.assessments.pages import told
from tests.builders import assess, make_risk

pytestmark = pytest.mark.django_db

URL = "/settings/matrix/2/decide/"


@pytest.fixture
def scheme(risk_manager):
    return submitted(by=risk_manager)


def form(scheme, decision="approved", **fields):
    return {"decision": decision, "content_hash": scheme.content_hash, **fields}


def test_the_whole_of_it_stands_on_one_page(scheme, approver, register, risk_manager, sign_in):
    risk = make_risk(register, by=risk_manager)
    assess(risk, (2, 2), (2, 2), by=risk_manager)
    page = sign_in(approver).get(URL)
    assert page.status_code == 200
    assert "1 of 1 assessed risks change their level" in page.text
    assert scheme.content_hash[:4] in page.text
    assert "Put M2 in force" in page.text
    assert 'href="#decide-form"' in page.text  # a phone has the decision below it all


def test_each_figure_and_word_stands_beside_the_former_one(approver, risk_manager, sign_in):
    former = content_of(scheme_in_force())
    rules = (*former.rules[:2], replace(former.rules[2], approval_days=21), former.rules[3])
    limits = (*former.impact_limits[:3], Decimal(400000))
    submitted(
        by=risk_manager, content=replace(former, floors=(), rules=rules, impact_limits=limits)
    )
    text = sign_in(approver).get(URL).text
    assert "Impact 5 from, CNY per event" in text
    assert '<del><span class="rh-diff-word">in force: </span>250,000</del>' in text
    assert '<ins><span class="rh-diff-word">would be: </span>400,000</ins>' in text
    assert '<span class="rh-diff-word">would be: </span>21</ins>' in text
    assert '<del><span class="rh-diff-word">removed: </span>' in text
    assert '<ul class="rh-moves">' not in text  # no level differs


def test_levels_that_stay_do_not_read_as_if_nothing_changed(
    approver, register, risk_manager, sign_in
):
    assess(make_risk(register, by=risk_manager), (2, 2), (2, 2), by=risk_manager)
    former = content_of(scheme_in_force())
    rules = (replace(former.rules[0], review_months=5), *former.rules[1:])
    submitted(by=risk_manager, content=replace(former, rules=rules))
    text = sign_in(approver).get(URL).text
    assert "The level of the one assessed risk stays." in text
    assert "What is asked of a risk changes all the same" in text
    assert "No risk is scored anew" not in text


def test_other_limits_do_not_score_anew(scheme, approver, risk_manager, sign_in):
    text = sign_in(approver).get(URL).text
    assert "What is asked of a risk changes all the same" not in text
    recall_scheme(scheme, by=risk_manager, version=None)
    limits = (*content_of(scheme).impact_limits[:3], Decimal(400000))
    content = replace(content_of(scheme), impact_limits=limits)
    save_scheme(scheme, by=risk_manager, content=content, version=None)
    submit_scheme(scheme, by=risk_manager, version=None)
    assert "No risk is scored anew" in sign_in(approver).get(URL).text


def test_it_comes_into_force(scheme, approver, register, risk_manager, sign_in):
    risk = make_risk(register, by=risk_manager)
    assess(risk, (2, 2), (2, 2), by=risk_manager)
    page = sign_in(approver).post(URL, form(scheme))
    assert (page.status_code, page["Location"]) == (302, "/settings/matrix/2/")
    assert told(page) == ["M2 is in force. Every risk reads its level in it."]
    assert scheme_in_force().number == 2
    assert Risk.objects.get().residual_level == 1
    assert actions_of(scheme)[-1] == "scheme.approved"


def test_the_pages_go_on_under_the_new_matrix(scheme, approver, register, risk_manager, sign_in):
    risk = make_risk(register, by=risk_manager)
    assess(risk, (2, 2), (2, 2), by=risk_manager)
    sign_in(approver).post(URL, form(scheme))
    client = sign_in(risk_manager)
    for url in ("/matrix/", "/matrix/?probability=2&impact=2", "/risks/", f"/risks/{risk.code}/",
                f"/risks/{risk.code}/assessments/", f"/risks/{risk.code}/assess/",
                f"/risks/{risk.code}/plan/new/", "/reassessments/", "/"):  # fmt: skip
        assert client.get(url).status_code == 200, url
    assert "Confirm under matrix M2" in client.get("/reassessments/?view=all").text


def test_changes_are_asked_for(scheme, approver, sign_in):
    client = sign_in(approver)
    page = client.post(URL, form(scheme, "changes"))
    assert page.status_code == 422
    assert "Write one sentence" in page.text
    page = client.post(URL, form(scheme, "changes", comment="太严"))
    assert told(page) == ["M2 goes back for changes. Its author hears of it."]
    assert MatrixScheme.objects.get(pk=2).state == "changes_requested"
    assert "太严" in client.get("/settings/matrix/2/").text


def test_another_text_meanwhile_is_shown_instead(scheme, approver, risk_manager, sign_in):
    recall_scheme(scheme, by=risk_manager, version=None)
    save_scheme(scheme, by=risk_manager, content=changed(c11=0), version=None)
    submit_scheme(scheme, by=risk_manager, version=None)
    page = sign_in(approver).post(URL, form(scheme, comment="同意"))
    assert page.status_code == 409
    assert "Not decided: the matrix was changed" in page.text
    assert "同意" in page.text
    assert scheme_in_force().number == 1
    assert MatrixScheme.objects.get(pk=2).content_hash in page.text


@pytest.mark.parametrize("fields", [{"decision": "changes"}, {"comment": "长" * 2001}])
def test_another_text_is_told_before_what_is_wrong_in_the_form(
    scheme, approver, risk_manager, sign_in, fields
):
    seen = form(scheme, **fields)
    scheme = recall_scheme(scheme, by=risk_manager, version=None)
    save_scheme(scheme, by=risk_manager, content=changed(c11=0), version=None)
    submit_scheme(scheme, by=risk_manager, version=None)
    page = sign_in(approver).post(URL, seen)
    assert page.status_code == 409
    assert "Not decided: the matrix was changed" in page.text
    assert fields.get("comment", "") in page.text
    now = MatrixScheme.objects.get(pk=2).content_hash
    assert f'name="content_hash" value="{now}"' in page.text


def test_the_matrix_is_the_one_that_the_page_shows_where_none_was_sent(scheme, approver, sign_in):
    page = sign_in(approver).post(URL, form(scheme) | {"content_hash": ""})
    assert page.status_code == 422
    assert f'name="content_hash" value="{scheme.content_hash}"' in page.text


def test_sent_twice_it_is_decided_once(scheme, approver, sign_in):
    client = sign_in(approver)
    client.post(URL, form(scheme))
    page = client.post(URL, form(scheme))
    assert page.status_code == 409
    assert "This matrix does not wait for a decision: it is “In force”." in page.text
    assert scheme.decisions.count() == 1


def test_who_wrote_in_it_does_not_decide(approver, risk_manager, sign_in):
    assign_role(approver, by=None, role="risk_manager", department=None)
    scheme = draft(by=risk_manager, content=changed(c11=0))
    save_scheme(scheme, by=approver, content=cautious(), version=1)
    scheme = submit_scheme(scheme, by=risk_manager, version=None)
    client = sign_in(approver)
    page = client.get(URL)
    assert "You wrote in this matrix. Another person decides on it." in page.text
    assert "Put M2 in force" not in page.text
    page = client.post(URL, form(scheme))
    assert page.status_code == 409
    assert "You wrote in this matrix. Another person decides on it." in page.text
    assert scheme_in_force().number == 1


def test_only_management_decides(scheme, risk_manager, auditor, head_cleaning, sign_in):
    for person in (risk_manager, auditor, head_cleaning):
        assert sign_in(person).post(URL, form(scheme)).status_code == 403
    assert scheme_in_force().number == 1


def test_a_matrix_that_is_not_there(approver, sign_in):
    assert sign_in(approver).get("/settings/matrix/9/decide/").status_code == 404
