"""Merging a filing into a risk that is in the register already."""

import pytest

from registers.models import RiskProposal
from registers.services import close_risk, merge_proposal
from riskhub.accounts.services import assign_role
from tests.builders import make_risk
from tests.cast import make_user
from tests.registers.pages import links_of, main_of, messages_of
from tests.registers.views.triage_page import alike, filed, unnamed, url

__all__ = ["alike", "filed", "unnamed", "url"]


class TestMerge:
    def test_into_a_look_alike_with_what_stood_beside_it(self, alike, filed, manager, url):
        page = manager.get(url)
        shown = page.context["filing"].shown
        assert shown.startswith("R001:")
        response = manager.post(url, {"decision": "merge", "risk": "R001", "shown": shown})
        assert response.status_code == 302
        stored = RiskProposal.objects.get()
        assert (stored.state, stored.risk, stored.decided_by.username) == (
            "merged", alike, "risk.manager",
        )  # fmt: skip
        assert [each["code"] for each in stored.similar] == ["R001"]
        assert messages_of(response) == ["已并入 R001。"]
        assert "/risks/R001/" in links_of(manager.get(url))

    def test_the_source_follows_from_what_was_ticked(self, alike, unnamed, manager):
        manager.post(f"/inbox/triage/{unnamed.pk}/", {"decision": "merge", "risk": "r1"})
        assert {s.code for s in alike.sources.all()} == {"internal_record", "incident"}

    @pytest.mark.parametrize(
        ("code", "words"),
        [
            ("", "填写此项。"),
            ("R099", "没有风险 R099，核对编号。"),
            ("<b>", "你管理的未关闭风险中没有这些词。核对写法。"),
        ],
    )
    def test_what_there_is_not(self, filed, manager, url, code, words):
        response = manager.post(url, {"decision": "merge", "risk": code})
        assert response.status_code == 422
        assert response.context["merge"].errors["risk"] == [words]
        assert RiskProposal.objects.get().state == "submitted"

    def test_the_one_with_these_words(self, alike, filed, manager, url):
        assert manager.post(url, {"decision": "merge", "risk": "地面有油"}).status_code == 302
        assert RiskProposal.objects.get().risk == alike

    def test_several_with_these_words_are_offered(
        self, alike, filed, manager, url, register, risk_manager
    ):
        make_risk(register, by=risk_manager, title="地面有油的梯子")
        response = manager.post(url, {"decision": "merge", "risk": "地面有油"})
        assert response.status_code == 422
        form = response.context["merge"]
        assert form.errors["risk"] == ["几项风险都有这些词。在下面选一项。"]
        assert {risk.code for risk in form.choices} == {"R001", "R002"}
        offered = '<button class="btn btn-sm btn-quiet" type="submit" name="risk" value="R002">'
        assert offered in response.content.decode()
        sent = {"decision": "merge", "risk": ["地面有油", "R002"]}
        assert manager.post(url, sent).status_code == 302
        assert RiskProposal.objects.get().risk.code == "R002"

    def test_words_find_what_one_keeps(self, filed, risk, other_risk, sign_in, ops_manager, url):
        response = sign_in(ops_manager).post(url, {"decision": "merge", "risk": other_risk.title})
        assert response.context["merge"].choices == []
        assert response.status_code == 422

    def test_a_closed_one(self, alike, risk_manager, filed, manager, url):
        close_risk(alike, by=risk_manager, reason="停了")
        response = manager.post(url, {"decision": "merge", "risk": "R001"})
        assert response.context["merge"].errors["risk"] == [
            "R001 已关闭。重新打开，或选另一项风险。"
        ]

    def test_closed_at_the_same_moment(self, alike, risk_manager, filed, manager, url, monkeypatch):
        def close_first(proposal, *, into, **fields):
            close_risk(into, by=risk_manager, reason="停了")
            return merge_proposal(proposal, into=into, **fields)

        monkeypatch.setattr("registers.views.triage.merge_proposal", close_first)
        response = manager.post(url, {"decision": "merge", "risk": "R001"})
        assert response.status_code == 422
        assert "这项风险已关闭" in main_of(response)
        assert RiskProposal.objects.get().state == "submitted"

    def test_another_departments_risk_is_as_if_it_did_not_exist(
        self, filed, risk, other_risk, sign_in, ops_manager, url
    ):
        client = sign_in(ops_manager)
        for code in ("R002", "R077"):
            response = client.post(url, {"decision": "merge", "risk": code})
            assert response.context["merge"].errors["risk"] == [f"没有风险 {code}，核对编号。"]

    def test_one_that_another_manager_keeps(self, filed, other_risk, sign_in, ops, url):
        both = make_user("both", "两职", "risk_manager", ops)
        assign_role(both, by=None, role="auditor", department=None)
        response = sign_in(both).post(url, {"decision": "merge", "risk": "R002"})
        assert response.context["merge"].errors["risk"] == [
            "R002 由其他风险管理员管理，选自己管理的风险。"
        ]

    @pytest.mark.parametrize(
        ("shown", "kept"),
        [
            ("", []),
            ("R001:64 R2:1 x", [{"code": "R001", "share": 64}]),
            ("R001:999", [{"code": "R001", "share": 100}]),
            (
                " ".join(f"R{n:03}:9" for n in range(1, 9)),
                [{"code": f"R{n:03}", "share": 9} for n in range(1, 6)],
            ),
        ],
    )  # fmt: skip
    def test_only_codes_and_shares_are_kept_of_what_was_shown(
        self, alike, filed, manager, url, shown, kept
    ):
        manager.post(url, {"decision": "merge", "risk": "R001", "shown": shown})
        assert RiskProposal.objects.get().similar == kept
