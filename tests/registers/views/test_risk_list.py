from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import gettext

from registers.models import Risk
from registers.services import close_risk, create_register
from tests.builders import assess, make_plan, make_risk
from tests.registers.pages import codes_of, links_of, main_of

URL = "/risks/"
TOO_LONG = "A text to search for has 200 characters at most."


@pytest.fixture
def listed(register, risk_manager, second_manager, head_cleaning, tech, clean):
    """R001 High OPS, R002 not rated TECH, R003 Low CLEAN with a plan."""
    first = make_risk(register, by=risk_manager, title="高处坠落", owner=head_cleaning)
    make_risk(register, by=risk_manager, title="触电", department=tech, owner_note="李工")
    third = make_risk(register, by=risk_manager, title="迟到", title_alt="Late", department=clean)
    assess(first, (4, 4), (4, 3), by=risk_manager, confirmed_by=second_manager)
    assess(third, (3, 2), (2, 2), by=risk_manager)
    make_plan(third, by=risk_manager)
    return first


def test_the_default_columns_in_order_of_rank(listed, manager):
    page = manager.get(URL)
    assert (page.status_code, codes_of(page)) == (200, ["R001", "R003", "R002"])
    words = main_of(page)
    assert words.index("高处坠落") < words.index("迟到") < words.index("触电")
    row = page.content.decode().split("高处坠落")[1].split("</tr>")[0]
    for expected in ("rh-level-high", "<b>4,3</b>", "rh-state-none", "服务运营部", "周立"):
        assert expected in row
    assert "李工" in words
    assert "rh-state-draft" in page.content.decode().split("迟到")[1].split("</tr>")[0]


def test_what_others_see(listed, sign_in, head_cleaning, staff_cleaning, staff_repair, auditor):
    for user, codes in (
        (head_cleaning, ["R001", "R003"]),
        (staff_cleaning, ["R003"]),
        (staff_repair, []),
        (auditor, ["R001", "R003", "R002"]),
    ):
        page = sign_in(user).get(URL)
        assert codes_of(page) == codes
        assert page.context["counts"]["all"] == len(codes)


def test_another_departments_names_are_nowhere_on_the_page(listed, sign_in, staff_cleaning):
    body = sign_in(staff_cleaning).get(URL).content.decode()
    for hidden in ("触电", "技术与安装部", "TECH", "高处坠落"):
        assert hidden not in body


def test_the_part_and_only_that(listed, manager, part):
    response = part(manager, f"{URL}?level=high", "risk-rows")
    body = response.content.decode()
    assert body.strip().startswith('<div id="risk-rows"')
    assert codes_of(response) == ["R001"]
    assert "<html" not in body
    assert 'id="q"' not in body
    whole = part(manager, URL, "forged")
    assert whole.content.decode().startswith("<!doctype html>")


def test_the_address_is_put_short(listed, manager, part):
    query = "?q=&state=open&owner=&level=high&page=1"
    assert part(manager, URL + query, "risk-rows")["HX-Push-Url"] == "/risks/?level=high"
    assert manager.get(URL)["HX-Push-Url"] == "/risks/"


def test_as_many_queries_for_three_rows_as_for_one(
    listed, manager, queries, sign_in, head_cleaning, register, risk_manager
):
    Risk.objects.exclude(pk=listed.pk).update(state="closed", closed_reason="停办")
    one = queries(manager, URL), queries(sign_in(head_cleaning), URL)
    Risk.objects.update(state="identified", closed_reason="")
    for _n in range(3):
        make_risk(register, by=risk_manager, owner=head_cleaning)
    assert (queries(manager, URL), queries(sign_in(head_cleaning), URL)) == one
    assert max(one) <= 12


def test_filters_never_cost_more_than_twelve_queries(listed, sign_in, head_cleaning, queries):
    client = sign_in(head_cleaning)
    query = "?register=SVC&department=OPS&category=operational&level=high&q=坠落&owner=周&sort=name"
    assert queries(client, URL + query) <= 12
    assert queries(client, URL + query, **{"HX-Request": "true", "HX-Target": "risk-rows"}) <= 9


def test_views_count_what_they_lead_to(listed, manager, register, risk_manager):
    Risk.objects.filter(number=2).update(
        owner=risk_manager, next_review_on=timezone.localdate() - timedelta(2)
    )
    page = manager.get(URL)
    shown = {}
    for view in page.context["views"]:
        led = manager.get(URL + view.url)
        assert len(codes_of(led)) == view.count
        assert led.context["page"].count == view.count
        shown[view.url] = view.count
    assert shown == {
        "?": 3,
        "?view=above": 1,
        "?view=mine": 1,
        "?view=no_plan": 1,
        "?view=overdue": 1,
    }


def test_the_chosen_view_is_the_current_tab(listed, manager):
    current = [v.url for v in manager.get(f"{URL}?view=above").context["views"] if v.is_current]
    assert current == ["?view=above"]


def test_a_late_review_is_said_in_words(listed, manager):
    Risk.objects.filter(pk=listed.pk).update(next_review_on=timezone.localdate() - timedelta(1))
    row = manager.get(URL).content.decode().split("高处坠落")[1].split("</tr>")[0]
    assert "rh-alert" in row


def test_one_register_names_the_page(listed, manager, risk_manager, ops):
    create_register(by=risk_manager, code="B", name_zh="乙表", department=ops)
    page = manager.get(f"{URL}?register=B")
    assert "<h1>乙表</h1>" in page.content.decode()
    assert "/risks/new/?register=B" in links_of(page)
    both = manager.get(f"{URL}?register=B&register=SVC")
    assert "乙表</h1>" not in both.content.decode()


def test_chips_say_what_is_on_and_take_it_off(listed, manager):
    page = manager.get(f"{URL}?level=high&department=OPS&page=1")
    on = {
        chip.field.name: (chip.words, chip.clear_url)
        for chip in page.context["chips"]
        if chip.words
    }
    assert set(on) == {"state", "level", "department"}
    assert on["department"] == ("服务运营部", "?level=high")
    assert on["state"][1] == "?level=high&department=OPS&state=all"
    everything = manager.get(f"{URL}?state=all")
    first = everything.context["chips"][0]
    assert (first.field.value(), first.clear_url) == ("all", "?")


def test_every_filter_has_its_chip_and_what_is_on_stands_in_front(listed, manager):
    body = manager.get(f"{URL}?controllability=outside&kind=inherent&level=high").content.decode()
    form = body.split('id="risk-filters"')[1].split("</form>")[0]
    front, more = form.split('id="filter-more"')
    for name in ("state", "department", "category", "area", "level", "source", "owner"):
        assert f'id="filter-{name}"' in front
    for name in ("register", "line", "importance", "review", "strategy", "plan"):
        assert f'id="filter-{name}"' in more
    assert 'id="filter-controllability"' in front
    assert "固有：高" in front
    assert '<input type="radio" id="kind-inherent" name="kind" value="inherent" checked>' in front


def test_what_is_not_here_is_named_and_can_be_taken_off(listed, sign_in, head_cleaning):
    page = sign_in(head_cleaning).get(f"{URL}?department=TECH&category=technical")
    chip = next(chip for chip in page.context["chips"] if chip.field.name == "department")
    assert (chip.words, chip.clear_url) == ("不存在", "?category=technical")
    assert "“部门”" in page.context["filtered"].complaint
    assert "技术与安装部" not in page.content.decode()


def test_an_order_that_is_not_here_is_said_without_a_name(listed, sign_in, risk_manager):
    page = sign_in(risk_manager).get(f"{URL}?sort=xyz")
    assert page.context["filtered"].complaint == "网址里有一个这里没有的筛选值，所以没有结果。"


@pytest.mark.parametrize("text", ["😀", "!!!", "，。", "→"])
def test_signs_alone_are_told_that_words_are_searched_for(listed, sign_in, risk_manager, text):
    page = sign_in(risk_manager).get(URL, {"q": text})
    words = "只搜索文字和数字：输入两个汉字或一个词。"
    assert (codes_of(page), page.context["filtered"].complaint) == ([], words)
    assert words in page.content.decode()
    assert f'value="{text}"' in page.content.decode()


def test_signs_beside_words_do_no_harm(listed, sign_in, risk_manager):
    client = sign_in(risk_manager)
    assert codes_of(client.get(URL, {"q": "坠落 😀"})) == codes_of(client.get(URL, {"q": "坠落"}))
    assert client.get(URL, {"q": "Ｒ００１"}).context["filtered"].complaint == ""


def test_the_title_is_read_in_the_readers_language(listed, sign_in, risk_manager):
    risk_manager.locale = "en"
    risk_manager.save()
    body = sign_in(risk_manager).get(URL).content.decode()
    assert ">Late</a>" in body
    assert 'lang="zh-Hans">高处坠落</a>' in body


def test_those_not_rated_are_counted(listed, manager):
    page = manager.get(URL)
    assert page.context["counts"]["not_rated"] == 1
    assert codes_of(manager.get(f"{URL}?level=none")) == ["R002"]


def test_fifty_to_a_page(register, risk_manager, manager):
    for _n in range(52):
        make_risk(register, by=risk_manager)
    assert len(codes_of(manager.get(URL))) == 50
    last = manager.get(f"{URL}?page=2&sort=code")
    assert codes_of(last) == ["R051", "R052"]
    assert codes_of(manager.get(f"{URL}?page=99&sort=code")) == ["R051", "R052"]
    assert codes_of(manager.get(f"{URL}?page=x&sort=code"))[0] == "R001"
    assert "/risks/export/?sort=code&format=xlsx" in links_of(last)


class TestEmpty:
    def test_a_manager_is_led_to_the_library(self, register, manager):
        links = links_of(manager.get(URL))
        assert "/library/" in links
        assert "/risks/new/" in links

    def test_filtered_to_nothing(self, listed, manager):
        page = manager.get(f"{URL}?q=没有这样的")
        assert codes_of(page) == []
        assert page.context["page"].count == 0

    def test_a_forged_filter(self, listed, manager):
        page = manager.get(f"{URL}?register=NOPE")
        assert (page.status_code, codes_of(page)) == (200, [])
        assert page.context["filtered"].is_forged is True

    @pytest.mark.parametrize("name", ["q", "owner"])
    def test_a_text_longer_than_its_box(self, listed, manager, name):
        page = manager.get(URL, {name: "字" * 201})
        assert (page.status_code, codes_of(page)) == (200, [])
        assert gettext(TOO_LONG) in page.content.decode()
        assert gettext(TOO_LONG) not in manager.get(URL, {name: "字" * 200}).content.decode()

    def test_a_reader_is_not_asked_to_add(self, register, sign_in, auditor):
        assert "/risks/new/" not in links_of(sign_in(auditor).get(URL))

    def test_somebody_without_a_role(self, listed, sign_in, outsider):
        page = sign_in(outsider).get(URL)
        assert (page.status_code, codes_of(page)) == (200, [])

    def test_a_closed_risk_is_off_the_list_until_asked_for(self, risk, manager, risk_manager):
        close_risk(risk, by=risk_manager, reason="停办")
        assert codes_of(manager.get(URL)) == []
        assert codes_of(manager.get(f"{URL}?state=closed")) == ["R001"]


def test_nobody_signed_in(listed, sign_in):
    response = sign_in().get(URL)
    assert (response.status_code, response["Location"]) == (302, "/accounts/login/?next=/risks/")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_list_is_only_read(manager, method):
    assert getattr(manager, method)(URL).status_code == 405
