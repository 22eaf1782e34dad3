from uuid import uuid4

import pytest
from django.utils.translation import gettext

from registers.models import Risk, RiskCategory, RiskProposal
from registers.services import decline_proposal, file_proposal
from riskhub.notices.models import Notice
from riskhub.web.templatetags.riskhub import moment
from tests.cast import make_user
from tests.controls import controls_of
from tests.registers.audit import Trail
from tests.registers.owed import do_owed
from tests.registers.pages import links_of, main_of, messages_of


@pytest.fixture
def filed(staff_cleaning, clean, register):
    return file_proposal(
        by=staff_cleaning, client_uuid=uuid4(), text="厨房地面有油，差点滑倒。建议带鞋套。",
        department=clean,
    )[0]  # fmt: skip


@pytest.fixture
def url(filed):
    return f"/inbox/triage/{filed.pk}/"


@pytest.fixture
def accept(filed, register, clean, manager, url):
    """What the browser sends when the risk manager only adds the category."""
    form = manager.get(url).context["accepts"]
    values = {bound.name: bound.value() for bound in form if bound.value() is not None}
    category = RiskCategory.objects.get(code="operational").pk
    return values | {"decision": "accept", "category": category, "register": register.pk}


def test_the_text_is_the_first_guess_at_the_risk(filed, manager, url, register, clean):
    initial = manager.get(url).context["accepts"].initial
    assert (initial["title"], initial["event"]) == ("厨房地面有油，差点滑倒", filed.text)
    assert (initial["owner_department"], initial["register"]) == (clean.pk, register)
    assert "category" not in initial


def test_accepted_as_the_next_risk(filed, accept, manager, url, staff_cleaning, risk_manager):
    trail = Trail()
    response = manager.post(url, accept)
    assert (response.status_code, response["Location"]) == (302, "/inbox/triage/")
    risk = Risk.objects.get()
    assert (risk.code, risk.title, risk.event, risk.state) == (
        "R001",
        "厨房地面有油，差点滑倒",
        filed.text,
        "identified",
    )
    assert (risk.reported_by, risk.accepted_by, risk.owner_department.code) == (
        staff_cleaning,
        risk_manager,
        "CLEAN",
    )
    stored = RiskProposal.objects.get()
    assert (stored.state, stored.risk) == ("accepted", risk)
    events = trail.events()
    do_owed("proposal.tell")
    assert Notice.objects.get(user=staff_cleaning).kind == "proposal_accepted"
    assert ("risk.created", "registers_risk", "insert") in events
    assert ("proposal.accepted", "registers_riskproposal", "update") in events
    (said,) = messages_of(response)
    assert "R001" in said


@pytest.mark.parametrize("field", ["category", "event", "title", "register", "primary_source"])
def test_what_a_risk_cannot_be_without(filed, accept, manager, url, field, part):
    response = part(manager, url, "accept-form", accept | {field: ""})
    assert response.status_code == 422
    assert response.content.decode().strip().startswith("<form")
    assert not Risk.objects.exists()
    assert RiskProposal.objects.get().state == "submitted"


def test_declined_with_a_reason_for_the_filer(filed, manager, url, staff_cleaning):
    response = manager.post(url, {"decision": "decline", "reason": "已有 R003"})
    assert (response.status_code, response["Location"]) == (302, "/inbox/triage/")
    stored = RiskProposal.objects.get()
    assert (stored.state, stored.decision_reason) == ("declined", "已有 R003")
    do_owed("proposal.tell")
    assert Notice.objects.get(user=staff_cleaning).params == {"reason": "已有 R003"}
    assert not Risk.objects.exists()


def test_declined_without_a_reason(filed, manager, url, part):
    response = part(manager, url, "decline-form", {"decision": "decline", "reason": " "})
    assert response.status_code == 422
    assert 'id="decline-form"' in response.content.decode()
    assert 'id="accept-form"' not in response.content.decode()
    assert RiskProposal.objects.get().state == "submitted"


@pytest.mark.parametrize("decision", ["", "merge", "accepted"])
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
        assert "accept-form" not in page.content.decode()

    def test_and_stays(self, accept, manager, url, second_manager):
        for values in (accept, {"decision": "decline", "reason": "和 R003 是一回事"}):
            response = manager.post(url, values)
            assert response.status_code == 409
            at = moment(RiskProposal.objects.get().decided_at)
            said = gettext("%(name)s declined it already, on %(when)s.")
            assert said % {"name": second_manager, "when": at} in main_of(response)
        assert "和 R003 是一回事" in response.content.decode()
        assert RiskProposal.objects.get().decision_reason == "重复"
        assert not Risk.objects.exists()


def test_an_accepted_one_leads_to_its_risk(filed, accept, manager, url):
    manager.post(url, accept)
    assert "/risks/R001/" in links_of(manager.get(url))


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
    assert client.post(url, accept).status_code == status
    assert Risk.objects.count() == (status == 302)


def test_an_auditor_reads_it_and_decides_nothing(
    filed, accept, sign_in, auditor, manager, url, part
):
    client = sign_in(auditor)
    page = client.get(url)
    assert filed.text in main_of(page)
    assert "风险经理会阅读并决定是否登记。" in main_of(page)
    assert controls_of(page) == []
    assert controls_of(manager.get(url)).count("form") == 2
    assert part(client, url, "accept-form").content.decode().split() == []
    for sent in (accept, {"decision": "decline", "reason": "重复"}):
        assert client.post(url, sent).status_code == 403
    assert RiskProposal.objects.get().state == "submitted"
    assert not Risk.objects.exists()
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


def test_accepted_twice_says_by_whom_when_and_as_what(accept, manager, url, risk_manager):
    manager.post(url, accept)
    response = manager.post(url, accept)
    at = moment(RiskProposal.objects.get().decided_at)
    said = gettext("%(name)s accepted it already, on %(when)s, as %(code)s.")
    facts = {"name": risk_manager, "when": at, "code": "R001"}
    assert (response.status_code, said % facts in main_of(response)) == (409, True)
    assert Risk.objects.count() == 1
