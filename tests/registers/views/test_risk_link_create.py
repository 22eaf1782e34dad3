import pytest

from registers.models import RiskLink
from registers.services import close_risk, link_risks
from tests.builders import make_risk
from tests.registers.audit import Trail
from tests.registers.pages import main_of, messages_of

URL = "/risks/R001/links/new/"
PAGE = "/risks/R001/"


@pytest.fixture
def flood(risk, register, risk_manager):
    """R002 of OPS too."""
    return make_risk(register, by=risk_manager, title="楼下被淹")


@pytest.fixture
def head(sign_in, head_cleaning):
    return sign_in(head_cleaning)


def test_by_code_in_whatever_writing_and_told_on_both_pages(risk, flood, head, head_cleaning):
    trail = Trail()
    response = head.post(URL, {"relation": "causes", "other": "r2"})
    assert (response.status_code, response["Location"]) == (302, PAGE)
    link = RiskLink.objects.get()
    assert (link.from_risk, link.to_risk, link.kind) == (risk, flood, "causes")
    assert trail.events() == [("risk_link.created", "registers_risklink", "insert")]
    assert messages_of(response) == ["已关联：R001 导致 R002。"]
    assert "导致 R002 楼下被淹" in main_of(head.get(PAGE))
    assert "由此导致 R001" not in main_of(head.get("/risks/R002/"))
    assert "起因是 R001 客户家中漏水" in main_of(head.get("/risks/R002/"))


def test_by_words_that_one_risk_has(risk, flood, head):
    assert head.post(URL, {"relation": "caused_by", "other": "楼下"}).status_code == 302
    link = RiskLink.objects.get()
    assert (link.from_risk, link.to_risk) == (flood, risk)


def test_words_that_several_have_are_a_choice(risk, flood, register, risk_manager, head, part):
    make_risk(register, by=risk_manager, title="楼下起火")
    response = part(head, URL, "link-form", {"relation": "related", "other": "楼下"})
    body = response.content.decode()
    assert response.status_code == 422
    assert body.strip().startswith("<form")
    assert 'value="楼下"' in body
    assert [risk.code for risk in response.context["form"].choices] == ["R002", "R003"]
    sent = {"relation": "related", "other": "楼下", "chosen": "R003"}
    assert head.post(URL, sent).status_code == 302
    assert RiskLink.objects.get().to_risk.code == "R003"


def test_what_one_types_is_looked_up(risk, flood, head, part):
    body = part(head, f"{URL}?other=楼下", "link-choices").content.decode()
    assert body.strip().startswith('<div id="link-choices">')
    assert 'value="R002" checked' in body
    assert "<html" not in body
    assert "R002" in main_of(head.get(f"{URL}?other=楼下"))


@pytest.mark.parametrize("words", ["R002", "外包", "R999", "没有这样的"])
def test_what_another_department_has_is_not_found_and_not_told(risk, other_risk, head, part, words):
    response = part(head, URL, "link-form", {"relation": "causes", "other": words})
    assert response.status_code == 422
    assert response.context["form"].choices == []
    assert "没有你能看到的风险" in response.content.decode()
    assert "外包师傅" not in response.content.decode().replace(f'value="{words}"', "")
    looked_up = part(head, f"{URL}?other={words}", "link-choices").content.decode()
    assert "<input" not in looked_up
    assert RiskLink.objects.count() == 0


def test_what_is_typed_wins_over_what_was_offered_for_other_words(
    risk, flood, register, risk_manager, head
):
    make_risk(register, by=risk_manager, title="高空坠落")
    sent = {"relation": "related", "other": "r3", "chosen": "R002"}
    assert head.post(URL, sent).status_code == 302
    assert RiskLink.objects.get().to_risk.code == "R003"


def test_a_chosen_code_of_another_department_is_not_taken(risk, other_risk, head):
    sent = {"relation": "causes", "other": "楼下", "chosen": "R002"}
    assert head.post(URL, sent).status_code == 422
    assert RiskLink.objects.count() == 0


@pytest.mark.parametrize(
    "sent",
    [
        {"sent": "1"},
        {"relation": "causes"},
        {"relation": "eats", "other": "R002"},
        {"relation": "causes", "other": "R001"},
        {"relation": "causes", "other": "x" * 101},
    ],
)
def test_what_cannot_be_linked_stays_in_the_form(risk, flood, head, sent):
    response = head.post(URL, sent)
    assert response.status_code == 422
    assert response.context["form"].errors
    assert RiskLink.objects.count() == 0


def test_the_same_sent_twice_is_one_link(risk, flood, head):
    for _time in (1, 2):
        assert head.post(URL, {"relation": "related", "other": "R002"}).status_code == 302
    assert RiskLink.objects.count() == 1


@pytest.mark.parametrize(("who", "status"), [("staff_cleaning", 404), ("auditor", 403)])
def test_who_may_not(risk, flood, sign_in, request, who, status):
    client = sign_in(request.getfixturevalue(who))
    assert client.get(URL).status_code == status
    assert client.post(URL, {"relation": "causes", "other": "R002"}).status_code == status
    assert RiskLink.objects.count() == 0
    if status == 403:
        assert "/links/new/" not in client.get(PAGE).content.decode()


def test_a_closed_risk_is_not_linked_and_what_was_typed_is_kept(risk, flood, head, risk_manager):
    close_risk(risk, by=risk_manager, reason="停办")
    assert head.get(URL)["Location"] == PAGE
    response = head.post(URL, {"relation": "causes", "other": "楼下被淹的那一户"})
    assert response.status_code == 409
    assert "楼下被淹的那一户" in response.content.decode()
    assert RiskLink.objects.count() == 0


class TestOnThePageOfTheRisk:
    def test_a_link_to_what_one_does_not_see_is_not_shown_nor_counted_nor_told(
        self, risk, other_risk, flood_of_ops, head, sign_in, auditor, risk_manager
    ):
        before = head.get(PAGE), head.get(f"{PAGE}history/")
        link_risks(risk, other_risk, by=risk_manager, relation="causes")
        for page, url in zip(before, (PAGE, f"{PAGE}history/"), strict=True):
            assert main_of(head.get(url)) == main_of(page)
        assert "R002" in main_of(sign_in(auditor).get(PAGE))
        assert "R002" in main_of(sign_in(auditor).get(f"{PAGE}history/"))

    @pytest.fixture
    def flood_of_ops(self, other_risk, register, risk_manager):
        return make_risk(register, by=risk_manager, title="楼下被淹")

    def test_its_history_tells_what_one_sees(self, risk, flood, head, risk_manager):
        link_risks(risk, flood, by=risk_manager, relation="causes")
        assert "关联到另一项风险 R001 导致 R002" in main_of(head.get(f"{PAGE}?kind=links"))
        assert "R001 导致 R002" in main_of(head.get("/risks/R002/?kind=links"))

    def test_the_queries_do_not_grow_with_the_links(
        self, risk, register, risk_manager, head, queries
    ):
        def more():
            made = make_risk(register, by=risk_manager, title="又一项")
            link_risks(risk, made, by=risk_manager, relation="causes")

        more()
        one = queries(head, PAGE)
        more()
        more()
        assert queries(head, PAGE) == one

    def test_who_only_reads_gets_no_form(self, risk, flood, sign_in, auditor, risk_manager):
        page = sign_in(auditor).get(PAGE)
        assert "links-title" not in page.content.decode()
        link_risks(risk, flood, by=risk_manager, relation="causes")
        body = sign_in(auditor).get(PAGE).content.decode()
        assert "links-title" in body
        assert "/end/" not in body
