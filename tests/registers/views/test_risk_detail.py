import pytest

from registers import history
from registers.models import LibraryRisk, Risk
from registers.services import adopt_risks, close_risk, edit_risk, link_risks
from tests.builders import assess, make_risk
from tests.registers.pages import links_of, main_of, messages_of

URL = "/risks/R001/"


@pytest.mark.parametrize("code", ["R001", "r001", "R1", "r0001"])
def test_the_number_in_whatever_writing(risk, manager, code):
    page = manager.get(f"/risks/{code}/")
    assert page.status_code == 200
    assert page.context["risk"].code == "R001"


@pytest.mark.parametrize("code", ["R002", "R000", "1", "R001x", "%E9%AB%98"])
def test_what_does_not_exist(risk, manager, code):
    assert manager.get(f"/risks/{code}/").status_code == 404


def test_another_departments_risk_is_as_if_it_did_not_exist(
    other_risk, sign_in, head_cleaning, staff_repair, outsider
):
    assert sign_in(head_cleaning).get("/risks/R002/").status_code == 404
    for user in (staff_repair, outsider):
        missing, hidden = (sign_in(user).get(f"/risks/{c}/") for c in ("R009", "R002"))
        assert (missing.status_code, hidden.status_code) == (404, 404)


def test_everything_about_the_risk(register, risk_manager, second_manager, manager):
    (made,) = adopt_risks(LibraryRisk.objects.all()[:1], by=risk_manager, register=register)
    assess(made, (3, 5), (2, 5), by=risk_manager, confirmed_by=second_manager, target=(1, 4))
    page = manager.get(URL)
    words = main_of(page)
    for expected in (
        "高处作业坠落", "服务风险登记表", "服务人员安全", "服务运营部", "5 / 5",
        "擦窗、拆装空调外机时未系安全带或站在窗外", "服务人员从高处坠落", "伤亡、赔偿、停业检查",
        "操作风险",
    ):  # fmt: skip
        assert expected in words
    body = page.content.decode()
    for chip in ("<b>3,5</b>", "<b>2,5</b>", "<b>1,4</b>"):
        assert chip in body
    assert "/risks/?register=SVC&area=staff_safety" in links_of(page)


def test_a_fresh_risk_says_what_is_missing(risk, manager):
    body = manager.get(URL).content.decode()
    assert body.count("rh-level-none") == 3  # beside the name, inherent and residual


def test_the_buttons_are_those_of_the_role(risk, manager, sign_in, head_cleaning, auditor):
    def offered(client):
        found = links_of(client.get(URL), URL)
        return {link.removeprefix(URL) for link in found} & {"edit/", "close/", "reopen/"}

    assert offered(manager) == {"edit/", "close/"}
    assert offered(sign_in(head_cleaning)) == {"edit/"}
    assert offered(sign_in(auditor)) == set()


def test_a_closed_risk_says_why(risk, risk_manager, manager):
    close_risk(risk, by=risk_manager, reason="不再上门收款")
    page = manager.get(URL)
    assert "不再上门收款" in main_of(page)
    found = links_of(page, URL)
    assert f"{URL}reopen/" in found
    assert f"{URL}edit/" not in found


def test_a_merged_number_leads_to_its_survivor(risk, other_risk, manager, sign_in, head_cleaning):
    Risk.objects.filter(number=2).update(state="merged", merged_into=risk)
    response = manager.get("/risks/r002/")
    assert (response.status_code, response["Location"]) == (302, "/risks/R001/")
    (said,) = messages_of(response)
    assert "R001" in said
    assert "R002" in said


def test_a_survivor_that_one_does_not_see_stays_hidden(risk, other_risk, sign_in, head_repair):
    Risk.objects.filter(number=2).update(state="merged", merged_into=risk)
    assert sign_in(head_repair).get("/risks/R002/").status_code == 404


def test_text_in_another_language_says_so(register, risk_manager, manager):
    make_risk(register, by=risk_manager, title="Leak", event="Water leaks", lang="en")
    body = manager.get(URL).content.decode()
    assert '<h1 lang="en">Leak</h1>' in body
    assert '<dl class="rh-chain" lang="en">' in body


def test_what_a_file_said_of_itself_is_shown_as_text(risk, manager):
    risk.origins.create(
        kind="import", ref_id="f:3", label="台账.xlsx", details={"number": "7", "status": ""}
    )
    page = manager.get(URL)
    assert "台账.xlsx" in main_of(page)
    assert list(page.context["origins"][0].said.values()) == ["7"]


class TestSplitting:
    def test_who_may_write_is_led_to_the_part_that_is_missing(self, risk, sign_in, head_cleaning):
        client = sign_in(head_cleaning)
        assert f"{URL}edit/#id_cause" in links_of(client.get(URL))
        assert "分成三部分" in main_of(client.get(URL))
        edit_risk(risk, by=head_cleaning, version=1, cause="水管老化")
        assert f"{URL}edit/#id_consequence" in links_of(client.get(URL))
        edit_risk(risk, by=head_cleaning, version=2, consequence="赔偿")
        assert "分成三部分" not in main_of(client.get(URL))

    def test_who_only_reads_and_what_is_closed_are_left_alone(
        self, risk, risk_manager, manager, sign_in, auditor
    ):
        assert "分成三部分" not in main_of(sign_in(auditor).get(URL))
        close_risk(risk, by=risk_manager, reason="停办")
        assert "分成三部分" not in main_of(manager.get(URL))


def test_one_filled_button_at_most(risk, manager, sign_in, head_cleaning, auditor):
    for client, filled in ((manager, 1), (sign_in(head_cleaning), 1), (sign_in(auditor), 0)):
        main = client.get(URL).text.partition('id="main"')[2].partition("</main>")[0]
        assert main.count("btn-primary") == filled


def test_the_page_is_light(risk, register, risk_manager, second_manager, manager):
    for number in range(9):
        made = make_risk(register, by=risk_manager, title=f"第 {number} 项 " + "水" * 90)
        link_risks(risk, made, by=risk_manager, relation="causes")
    for version in range(1, 40):
        by = risk_manager if version % 2 else second_manager
        edit_risk(risk, by=by, version=version, event=f"第 {version} 版 " + "水" * 900)
    assert len(manager.get(URL).content) < 100_000


def test_the_same_queries_however_much_happened(
    risk, risk_manager, second_manager, manager, queries
):
    edit_risk(risk, by=risk_manager, version=1, title="第 1 版")
    once = queries(manager, URL)
    for version in range(2, 6):
        edit_risk(risk, by=second_manager, version=version, title=f"第 {version} 版")
    assert queries(manager, URL) == once


class TestTimeline:
    @pytest.fixture
    def told(self, risk, risk_manager, second_manager):
        edit_risk(risk, by=risk_manager, version=1, owner=second_manager)
        assess(risk, (2, 5), (2, 5), by=risk_manager, confirmed_by=second_manager)
        return risk

    def test_one_sentence_each_with_who_and_when(self, told, manager):
        page = manager.get(URL)
        words = main_of(page)
        for sentence in ("确认评估 剩余 高 2, 5 李强", "修改 责任人：李强 陈静", "登记 陈静"):
            assert sentence in words
        assert words.index("确认评估") < words.index("修改 责任人") < words.rindex("登记 陈静")
        assert '<a href="/risks/R001/assessments/">剩余 高 2, 5</a>' in page.text

    def test_only_the_kinds_that_there_are_can_be_picked(self, told, manager):
        chips = manager.get(URL).context["timeline"].chips
        assert [(chip.key, chip.is_on, chip.url) for chip in chips] == [
            ("assessments", False, "?kind=assessments"),
            ("changes", False, "?kind=changes"),
            ("origins", False, "?kind=origins"),
        ]

    def test_one_kind_or_several(self, told, manager, part):
        page = part(manager, f"{URL}?kind=changes&page=1", "risk-trail")
        body = page.content.decode()
        assert body.strip().startswith('<div id="risk-trail"')
        assert "<html" not in body
        lines = page.context["timeline"].lines
        assert [line.entry.changes[0].event.action for line in lines] == ["risk.edited"]
        both = manager.get(f"{URL}?kind=changes&kind=origins").context["timeline"]
        acts = [line.entry.changes[0].event.action for line in both.lines]
        assert acts == ["risk.edited", "risk.created"]
        assert [chip.url for chip in both.chips] == [
            "?kind=changes&kind=origins&kind=assessments", "?kind=origins", "?kind=changes",
        ]  # fmt: skip

    def test_a_kind_that_does_not_exist_finds_nothing_and_says_so(self, told, manager):
        page = manager.get(f"{URL}?kind=changes&kind=wishes")
        assert page.context["timeline"].lines == []
        assert "没有的筛选值" in main_of(page)

    def test_a_kind_that_has_not_happened_says_so(self, risk, manager):
        assert "这一类还没有发生过" in main_of(manager.get(f"{URL}?kind=plans"))

    def test_one_kind_alone_is_no_choice(self, risk, manager):
        assert "rh-kinds" not in manager.get(URL).text

    def test_the_rest_is_a_page_further(self, told, manager, monkeypatch):
        monkeypatch.setattr(history, "PER_PAGE", 2)
        assert "?page=2" in manager.get(URL).text
        last = manager.get(f"{URL}?kind=origins&page=1")
        assert "?kind=origins&amp;page=2" not in last.text


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_only_read(risk, manager, method):
    assert getattr(manager, method)(URL).status_code == 405


def test_nobody_signed_in(risk, sign_in):
    assert sign_in().get(URL)["Location"] == f"/accounts/login/?next={URL}"
