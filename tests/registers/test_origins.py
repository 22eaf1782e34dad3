"""Where a risk comes from, and who is led to what stands behind it."""

from uuid import uuid4

from registers.models import LibraryRisk, Risk
from registers.origins import origin_lines
from registers.services import RiskDraft, adopt_risks, file_proposal, merge_risk
from registers.services.triage import accept_proposal
from tests.registers.pages import links_of, main_of


def told(user, risk):
    risk = Risk.objects.for_page().get(pk=risk.pk)
    return [(line.kind, line.name, line.url) for line in origin_lines(user, risk)]


def test_by_hand_is_said_with_who_entered_it(risk, risk_manager):
    assert told(risk_manager, risk) == [("手工登记", "陈静", "")]


def test_from_the_library(register, risk_manager):
    (made,) = adopt_risks(LibraryRisk.objects.all()[:1], by=risk_manager, register=register)
    code = made.origins.get().ref_id
    ((_kind, name, url),) = told(risk_manager, made)
    assert (name, url) == ("高处作业坠落", f"/library/?q={code}")


def test_a_filing_is_open_to_its_decider_and_to_its_filer(
    register, risk, clean, risk_manager, staff_cleaning, head_cleaning, auditor, head_repair
):
    filing, _new = file_proposal(
        by=staff_cleaning, client_uuid=uuid4(), text="扶手松动", department=clean
    )
    draft = RiskDraft(
        register=register, title="扶手松动", event="跌倒", category=risk.category,
        primary_source=risk.primary_source, owner_department=clean,
    )  # fmt: skip
    made = accept_proposal(filing, draft, by=risk_manager)
    decide = f"/inbox/triage/{filing.pk}/"
    for user, url in (
        (risk_manager, decide), (auditor, decide), (staff_cleaning, f"/m/filed/{filing.pk}"),
        (head_cleaning, ""), (head_repair, ""),
    ):  # fmt: skip
        ((_kind, _name, found),) = told(user, made)
        assert found == url


def test_what_was_merged_into_it_is_named_to_who_sees_it(
    risk, other_risk, risk_manager, manager, sign_in, head_cleaning
):
    merge_risk(other_risk, into=risk, by=risk_manager, reason="同一件事")
    page = manager.get("/risks/R001/")
    assert "/risks/R002/history/" in links_of(page)
    assert "外包师傅" not in main_of(sign_in(head_cleaning).get("/risks/R001/"))


def test_an_origin_without_a_finder_is_told_all_the_same(risk, risk_manager):
    risk.origins.create(kind="import", ref_id="f:3", label="没有这个文件.xlsx 3")
    ((_kind, name, url),) = told(risk_manager, risk)
    assert (name, url) == ("没有这个文件.xlsx 第 3 行", "")
