"""What the command bar finds of this package, and for whom."""

from uuid import uuid4

import pytest
from django.utils.translation import override

from registers.models import Risk, RiskProposal
from registers.services import close_risk, create_register, file_proposal
from riskhub.search.finding import find
from tests.builders import make_risk


def hits(user, text, key):
    groups = find(user, text, 6)
    return next((list(group.hits) for group in groups if group.key == key), [])


def names(user, text, key="risks"):
    return [hit.name for hit in hits(user, text, key)]


def found_at_all(user, text):
    """Everything, of whatever kind, in words and addresses."""
    return " ".join(
        f"{hit.code} {hit.name} {hit.url} {' '.join(map(str, hit.meta))}"
        for group in find(user, text, 20)
        for hit in group.hits
    )


class TestRisks:
    @pytest.fixture
    def risks(self, register, risk_manager):
        for title in ("安装后漏水", "高处作业坠落", "Water leak"):
            make_risk(register, by=risk_manager, title=title, event="x")

    @pytest.mark.parametrize(
        "text", ["R2", "r002", "Ｒ２", "002", "R 2", "坠落", "高处", "作业坠落"]
    )
    def test_by_number_and_by_two_characters(self, risks, risk_manager, text):
        assert names(risk_manager, text) == ["高处作业坠落"]

    @pytest.mark.parametrize("text", ["leak", "LEA", "water leak", "leak wat"])
    def test_by_english_words_and_their_beginnings(self, risks, risk_manager, text):
        assert names(risk_manager, text) == ["Water leak"]

    def test_the_number_comes_first(self, register, risk_manager):
        make_risk(register, by=risk_manager, title="R2 阀门漏水")
        make_risk(register, by=risk_manager, title="别的")
        assert names(risk_manager, "R2") == ["别的", "R2 阀门漏水"]

    def test_what_became_of_it_is_said(self, risks, register, risk_manager):
        merged = Risk.objects.get(number=1)
        merged.state, merged.merged_into = "merged", Risk.objects.get(number=2)
        merged.save(update_fields=["state", "merged_into"])
        close_risk(Risk.objects.get(number=3), by=risk_manager, reason="停")
        with override("en"):
            (first,) = hits(risk_manager, "R1", "risks")
            (third,) = hits(risk_manager, "leak", "risks")
        assert list(map(str, first.meta)) == ["merged into R002", "Service operations"]
        assert str(third.meta[0]) == "Closed"

    def test_what_was_taken_back_is_found_by_its_number_alone(self, risks, risk_manager):
        undone = Risk.objects.filter(number=1)
        undone.update(state="closed", closed_reason="误登", is_undone=True)
        assert names(risk_manager, "漏水") == []
        (hit,) = hits(risk_manager, "R1", "risks")
        assert str(hit.meta[0]) != str(Risk.objects.get(number=1).get_state_display())

    def test_the_name_in_the_other_language(self, register, risk_manager):
        make_risk(register, by=risk_manager, title="漏水", title_alt="Leak")
        with override("en"):
            assert names(risk_manager, "漏水") == ["Leak"]


class TestLeaks:
    """Something of REPAIR that CLEAN could find, and does not."""

    @pytest.fixture
    def theirs(self, register, risk_manager, repair, tech, staff_repair):
        make_risk(
            register, by=risk_manager, department=repair, title="阀门暗漏", owner=staff_repair
        )
        create_register(by=risk_manager, code="TECHREG", name_zh="技术登记表", department=tech)
        file_proposal(by=staff_repair, client_uuid=uuid4(), text="井盖缺失", department=repair)

    TEXTS = (
        "R1",
        "R001",
        "阀门",
        "暗漏",
        "TECHREG",
        "技术登记",
        "井盖",
        "#1",
        "赵勇",
        "staff.repair",
    )

    @pytest.mark.parametrize("text", TEXTS)
    def test_another_department_finds_nothing(self, theirs, staff_cleaning, head_cleaning, text):
        number = RiskProposal.objects.get().pk
        text = text.replace("#1", f"#{number}")
        for user in (staff_cleaning, head_cleaning):
            assert found_at_all(user, text) == ""

    @pytest.mark.parametrize("text", TEXTS)
    def test_who_sees_everything_finds_it(self, theirs, risk_manager, text):
        number = RiskProposal.objects.get().pk
        assert found_at_all(risk_manager, text.replace("#1", f"#{number}")) != ""

    def test_who_has_no_role_finds_themselves_nowhere(self, theirs, outsider):
        for text in (*self.TEXTS, "outsider", "路人"):
            assert found_at_all(outsider, text) == ""


class TestFilings:
    @pytest.fixture
    def filed(self, staff_cleaning, clean):
        return file_proposal(
            by=staff_cleaning, client_uuid=uuid4(), text="地面湿滑，老人险些摔倒", department=clean
        )[0]

    def test_each_is_led_to_the_page_that_they_may_open(
        self, filed, sign_in, risk_manager, auditor, staff_cleaning, head_cleaning
    ):
        for user in (risk_manager, auditor, staff_cleaning):
            (hit,) = hits(user, "湿滑", "filings")
            assert sign_in(user).get(hit.url).status_code == 200
        assert hits(head_cleaning, "湿滑", "filings") == []

    @pytest.mark.parametrize("mark", ["", "#", "＃"])
    def test_by_its_number(self, filed, staff_cleaning, mark):
        (hit,) = hits(staff_cleaning, f"{mark}{filed.pk}", "filings")
        assert hit.code == f"#{filed.pk}"

    def test_a_number_that_no_filing_can_have(self, filed, risk_manager):
        assert hits(risk_manager, "99999999999999999999", "filings") == []


class TestPeopleAndRegisters:
    def test_a_person_leads_to_their_page_for_who_may_read_it(
        self, risk_manager, staff_cleaning, sign_in
    ):
        for text in ("王芳", "staff.cl", "芳"):
            (hit,) = hits(risk_manager, text, "people")
            assert sign_in(risk_manager).get(hit.url).context["person"] == staff_cleaning

    def test_and_else_to_the_risks_they_answer_for(
        self, register, risk_manager, staff_cleaning, head_cleaning, clean, sign_in
    ):
        make_risk(register, by=risk_manager, department=clean, owner=staff_cleaning, title="滑倒")
        make_risk(register, by=risk_manager, title="别的")
        (hit,) = hits(head_cleaning, "王芳", "people")
        page = sign_in(head_cleaning).get(hit.url)
        assert [risk.title for risk in page.context["page"]] == ["滑倒"]

    def test_who_left_comes_last_and_is_named_so(self, risk_manager, second_manager):
        second_manager.display_name, second_manager.is_active = "陈一", False
        second_manager.save()
        found = hits(risk_manager, "陈", "people")
        assert [hit.name for hit in found] == ["陈静", "陈一"]
        assert len(found[1].meta) == 1

    def test_a_register_by_its_code_or_its_name_in_either_language(self, register, risk_manager):
        for text in ("svc", "服务风险", "service ri"):
            (hit,) = hits(risk_manager, text, "registers")
            assert hit.url == "/risks/?register=SVC"
