import pytest
from django.utils.translation import gettext

from registers.models import ProposalMessage, Risk, RiskCategory, RiskProposal, ServiceLine
from registers.services import ask_filer, create_register, decline_proposal
from riskhub.entry.day_words import moment
from riskhub.notices.models import Notice
from tests.builders import make_risk
from tests.cast import make_user
from tests.controls import controls_of
from tests.registers.audit import Trail
from tests.registers.owed import do_owed
from tests.registers.pages import links_of, main_of, messages_of
from tests.registers.views.triage_page import accept, alike, filed, unnamed, url

__all__ = ["accept", "alike", "filed", "unnamed", "url"]
DECLINE = {"decision": "decline", "reason": "已有 R003"}
ASK = {"decision": "ask", "question": "哪一单？"}


def test_the_text_is_the_first_guess_at_the_risk(filed, manager, url, register, clean):
    initial = manager.get(url).context["accept"].initial
    assert (initial["title"], initial["event"]) == ("厨房地面有油，差点滑倒", filed.text)
    assert (initial["owner_department"], initial["register"]) == (clean.pk, register)
    assert (initial["category"], initial["primary_source"].code) == (None, "internal_record")


def test_of_two_registers_of_a_department_the_one_that_takes_every_service_is_suggested(
    filed, manager, url, register, risk_manager
):
    line = ServiceLine.objects.all()[0]
    create_register(
        by=risk_manager, code="AAA", name_zh="照护", department=register.department,
        service_line=line,
    )  # fmt: skip
    assert manager.get(url).context["accept"].initial["register"] == register
    create_register(by=risk_manager, code="AAB", name_zh="二", department=register.department)
    assert manager.get(url).context["accept"].initial["register"] == register


def test_the_rest_is_suggested_as_the_look_alikes_have_it(alike, manager, url):
    page = manager.get(url)
    form = page.context["accept"]
    assert form.initial["category"] == RiskCategory.objects.get(code="technical")
    assert form.fields["category"].help_text == "建议，同 R001"
    assert "建议，同 R001" in main_of(page)


def test_without_a_look_alike_the_category_is_that_of_most_in_the_register(
    filed, register, risk_manager, manager, url
):
    make_risk(register, by=risk_manager, title="钥匙丢失", category="management")
    form = manager.get(url).context["accept"]
    assert form.initial["category"] == RiskCategory.objects.get(code="management")
    assert form.fields["category"].help_text == f"建议，同{register.name}中多数风险"
    assert (form.initial["area"], form.fields["area"].help_text) == (None, "")


def test_what_was_ticked_suggests_the_source(unnamed, manager):
    form = manager.get(f"/inbox/triage/{unnamed.pk}/").context["accept"]
    assert form.initial["primary_source"].code == "incident"


def test_accepted_as_the_next_risk(filed, accept, manager, url, staff_cleaning, risk_manager):
    trail = Trail()
    response = manager.post(url, accept)
    assert (response.status_code, response["Location"]) == (302, "/inbox/triage/")
    risk = Risk.objects.get()
    assert (risk.code, risk.title, risk.event, risk.state) == (
        "R001", "厨房地面有油，差点滑倒", filed.text, "identified",
    )  # fmt: skip
    assert (risk.reported_by, risk.accepted_by, risk.owner_department.code) == (
        staff_cleaning, risk_manager, "CLEAN",
    )  # fmt: skip
    stored = RiskProposal.objects.get()
    assert (stored.state, stored.risk) == ("accepted", risk)
    events = trail.events()
    assert ("risk.created", "registers_risk", "insert") in events
    assert ("proposal.accepted", "registers_riskproposal", "update") in events
    (said,) = messages_of(response)
    assert "R001" in said
    do_owed("proposal.tell")
    assert Notice.objects.get(user=staff_cleaning).kind == "proposal_accepted"


def test_an_english_filing_becomes_an_english_risk(filed, accept, manager, url):
    RiskProposal.objects.update(lang="en")
    manager.post(url, accept)
    assert Risk.objects.get().lang == "en"


def test_the_next_filing_follows(filed, accept, unnamed, manager, url):
    after = f"/inbox/triage/{unnamed.pk}/"
    assert manager.post(url, accept)["Location"] == after
    assert manager.post(after, DECLINE)["Location"] == "/inbox/triage/"


def test_later_leads_on_and_after_the_last_to_the_first(filed, unnamed, manager, url):
    last = f"/inbox/triage/{unnamed.pk}/"
    assert manager.get(url).context["filing"].later_url == last
    assert manager.get(last).context["filing"].later_url == url


def test_the_toast_undoes_it(filed, accept, manager, url):
    page = manager.post(url, accept, follow=True).content.decode()
    assert f'action="{url}undo/"' in page


@pytest.mark.parametrize("field", ["category", "event", "title", "register", "primary_source"])
def test_what_a_risk_cannot_be_without(filed, accept, manager, url, field, part):
    response = part(manager, url, "filing", accept | {field: ""})
    assert response.status_code == 422
    assert '<section class="rh-card rh-filing" id="filing"' in response.content.decode()
    assert "<html" not in response.content.decode()
    assert not Risk.objects.exists()
    assert RiskProposal.objects.get().state == "submitted"


class TestAsk:
    def test_it_waits_for_the_answer(self, filed, manager, url, risk_manager):
        response = manager.post(url, ASK)
        assert (response.status_code, messages_of(response)) == (302, ["已追问，等待答复。"])
        message = ProposalMessage.objects.get()
        assert (message.author, message.text) == (risk_manager, "哪一单？")
        page = manager.get(url)
        assert "哪一单？" in main_of(page)
        assert page.context["filing"].forms.keys() == {"accept", "merge", "decline"}

    def test_twice(self, filed, manager, url, risk_manager):
        manager.post(url, ASK)
        response = manager.post(url, ASK | {"question": "再问一次：哪一天，哪一单？"})
        assert response.status_code == 409
        assert f"{risk_manager} 已在" in main_of(response)
        assert "再问一次：哪一天" in response.content.decode()

    def test_nothing(self, filed, manager, url):
        response = manager.post(url, ASK | {"question": " "})
        assert response.status_code == 422
        assert response.context["ask"].errors
        assert RiskProposal.objects.get().state == "submitted"


def test_declined_with_a_reason_for_the_filer(filed, manager, url, staff_cleaning):
    response = manager.post(url, DECLINE)
    assert (response.status_code, response["Location"]) == (302, "/inbox/triage/")
    stored = RiskProposal.objects.get()
    assert (stored.state, stored.decision_reason) == ("declined", "已有 R003")
    assert not Risk.objects.exists()
    do_owed("proposal.tell")
    assert Notice.objects.get(user=staff_cleaning).params == {"reason": "已有 R003"}


def test_declined_without_a_reason(filed, manager, url, part):
    response = part(manager, url, "filing", DECLINE | {"reason": " "})
    assert response.status_code == 422
    body = response.content.decode()
    assert f'id="decision-decline-{filed.pk}" open' in body
    assert f'id="decision-accept-{filed.pk}"><' in body
    assert RiskProposal.objects.get().state == "submitted"


@pytest.mark.parametrize("decision", ["", "undo", "accepted"])
def test_a_decision_that_there_is_not(filed, accept, manager, url, decision):
    response = manager.post(url, accept | {"decision": decision, "reason": "x"})
    assert response.status_code == 400
    assert RiskProposal.objects.get().state == "submitted"


class TestDecidedAlready:
    @pytest.fixture(autouse=True)
    def _declined(self, filed, accept, second_manager):
        decline_proposal(filed, by=second_manager, reason="重复")

    def test_what_was_decided_is_shown(self, manager, url):
        page = manager.get(url)
        assert "重复" in main_of(page)
        assert page.context["filing"].forms == {}

    def test_and_stays(self, accept, manager, url, second_manager):
        for values in (accept, DECLINE | {"reason": "和 R003 是一回事"}, ASK):
            response = manager.post(url, values)
            assert response.status_code == 409
            at = moment(RiskProposal.objects.get().decided_at)
            said = gettext("%(name)s declined it already, on %(when)s.")
            assert said % {"name": second_manager, "when": at} in main_of(response)
        assert RiskProposal.objects.get().decision_reason == "重复"
        assert not Risk.objects.exists()

    def test_what_was_typed_is_kept(self, manager, url):
        response = manager.post(url, DECLINE | {"reason": "和 R003 是一回事"})
        assert "和 R003 是一回事" in response.content.decode()


def test_decided_at_the_same_moment(filed, manager, url, second_manager, monkeypatch):
    def decline_second(proposal, **fields):
        decline_proposal(RiskProposal.objects.get(pk=proposal.pk), by=second_manager, reason="快")
        return decline_proposal(proposal, **fields)

    monkeypatch.setattr("registers.views.triage.decline_proposal", decline_second)
    response = manager.post(url, DECLINE)
    assert response.status_code == 409
    assert str(second_manager) in main_of(response)
    assert RiskProposal.objects.get().decision_reason == "快"


@pytest.mark.parametrize("decision", ["merge", "accept"])
def test_a_decided_one_leads_to_its_risk(filed, accept, alike, manager, url, decision):
    manager.post(url, accept | {"decision": decision, "risk": "R001"})
    code = "R001" if decision == "merge" else "R002"
    assert f"/risks/{code}/" in links_of(manager.get(url))


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("staff_cleaning", 403), ("head_cleaning", 403), ("staff_repair", 404),
        ("approver", 404), ("admin", 404), ("outsider", 404), ("ops_manager", 302),
    ],
)  # fmt: skip
def test_who_decides(filed, accept, sign_in, request, url, who, status):
    client = sign_in(request.getfixturevalue(who))
    assert client.get(url).status_code == (200 if status == 302 else status)
    for values in (ASK, DECLINE, {"decision": "merge", "risk": "R001"}):
        if status != 302:
            assert client.post(url, values).status_code == status
    assert client.post(url, accept).status_code == status
    assert Risk.objects.count() == (status == 302)


def test_an_auditor_reads_it_and_decides_nothing(
    filed, accept, sign_in, auditor, manager, url, part, risk_manager
):
    client = sign_in(auditor)
    page = client.get(url)
    assert filed.text in main_of(page)
    assert "风险管理员会阅读并决定是否登记。" in main_of(page)
    assert controls_of(page) == []
    for sent in (accept, DECLINE, ASK, {"decision": "merge", "risk": "R001"}):
        assert client.post(url, sent).status_code == 403
    assert RiskProposal.objects.get().state == "submitted"
    ask_filer(filed, by=risk_manager, question="哪一单？")
    assert "哪一单？" in main_of(client.get(url))
    manager.post(url, accept)
    assert "/risks/R001/" in links_of(client.get(url))


def test_an_auditor_of_one_department_reads_theirs(filed, sign_in, tech, ops, url):
    for department, status in ((tech, 404), (ops, 200)):
        reader = make_user(f"auditor.{department.code}", "孙悦", "auditor", department)
        assert sign_in(reader).get(url).status_code == status


def test_a_department_manager_cannot_give_it_away(filed, accept, sign_in, ops_manager, tech, url):
    response = sign_in(ops_manager).post(url, accept | {"owner_department": tech.pk})
    assert response.status_code == 422
    assert not Risk.objects.exists()


def test_one_that_there_is_not(manager):
    assert manager.get("/inbox/triage/9999/").status_code == 404


def test_wrong_method(filed, manager, url):
    assert manager.put(url).status_code == 405


def test_the_part_beside_the_list_and_only_that(filed, manager, url, part, queries):
    body = part(manager, url, "filing").content.decode()
    assert '<section class="rh-card rh-filing" id="filing"' in body
    assert "<html" not in body
    assert "proposal-rows" not in body
    alone = queries(manager, url, **{"HX-Request": "true", "HX-Target": "filing"})
    assert alone < queries(manager, url)


def test_accepted_twice_says_by_whom_when_and_as_what(accept, manager, url, risk_manager):
    manager.post(url, accept)
    response = manager.post(url, accept)
    at = moment(RiskProposal.objects.get().decided_at)
    said = gettext("%(name)s accepted it already, on %(when)s, as %(code)s.")
    facts = {"name": risk_manager, "when": at, "code": "R001"}
    assert (response.status_code, said % facts in main_of(response)) == (409, True)
    assert Risk.objects.count() == 1
