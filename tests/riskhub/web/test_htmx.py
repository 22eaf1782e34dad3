"""The patterns of htmx in a real browser: what is swapped, said, focused and never lost."""

from contextlib import suppress

import pytest
from playwright.sync_api import Error

from riskhub.accounts.models import User
from riskhub.accounts.services import create_user
from tests.riskhub.web.browser import shot, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def said(page, words):
    page.wait_for_function(
        "w => document.getElementById('live').textContent.includes(w)", arg=words
    )


def test_a_list_is_searched_and_paged_in_place(window, manager):
    for number in range(4):
        create_user(by=None, username=f"u{number}", display_name=f"同事{number}")
    with window(manager) as page:
        page.goto("/web/things/")
        page.locator("#q").press_sequentially("同事", delay=20)
        said(page, "共 4 项")
        assert page.evaluate("document.activeElement.id") == "q"
        assert page.url.endswith("/web/things/?q=%E5%90%8C%E4%BA%8B")
        assert page.locator("#thing-rows").count() == 1
        page.locator("#page-2").click()
        page.wait_for_url("**page=2")
        assert page.locator("#thing-rows ul").first.inner_text().split() == ["同事2", "同事3"]
        assert page.evaluate("document.activeElement.id") == "page-2"
        page.go_back()
        page.wait_for_url("**q=%E5%90%8C%E4%BA%8B")
        page.get_by_text("同事0").wait_for()
        assert page.locator(".rh-side").count() == 1


def test_a_part_keeps_the_language_of_its_page(window, manager):
    """Chosen in another tab meanwhile: this page stays as it is until it is loaded again."""
    for number in range(2):
        create_user(by=None, username=f"u{number}", display_name=f"同事{number}")
    with window(manager) as page:
        page.goto("/web/things/")
        User.objects.filter(pk=manager.pk).update(locale="en")
        page.locator("#q").fill("同事")
        said(page, "共 2 项")
        assert page.locator("#thing-rows form").get_attribute("aria-label") == "筛选"
        page.reload()
        assert page.locator("html").get_attribute("lang") == "en"
        page.locator("#q").fill("同事1")
        said(page, "共 1 项")
        assert page.locator("#thing-rows form").get_attribute("aria-label") == "Filters"


def test_a_state_button_redirects_in_place(window, manager):
    with window(manager) as page:
        page.goto("/web/thing/")
        page.evaluate("window.stayed = true")
        page.locator("#words").fill("写到一半的评论")
        page.locator("#pressing").focus()
        page.keyboard.press("Enter")
        page.locator("[data-toast]").wait_for()
        said(page, "已提交，马文斌 9月25日前决定。")
        assert page.evaluate("window.stayed") is True
        assert page.locator("#words").input_value() == "写到一半的评论"
        assert page.evaluate("document.activeElement.id") == "pressing"
        assert page.locator("#pressing").get_attribute("aria-disabled") is None
        assert violations(page) == []
        shot(page, "toast")
        page.locator("[data-toast] button").click()
        assert page.locator("[data-toast]").count() == 0


def test_a_redirect_to_another_page_moves_there(window, manager):
    with window(manager) as page:
        page.goto("/web/thing/")
        page.locator("#press [name=to]").evaluate("e => e.value = '/web/things/'")
        page.locator("#pressing").click()
        page.wait_for_url("**/web/things/")
        assert page.title() == "清单 · RiskHub"
        page.wait_for_function("() => document.activeElement.id === 'main'")
        # with the number of what waits there
        assert page.locator(".rh-side [aria-current=page]").inner_text() == "清单7"
        page.go_back()
        page.wait_for_url("**/web/thing/")
        page.locator("#thing-form").wait_for()


def test_an_invalid_form_says_what_to_change(window, manager):
    with window(manager) as page:
        page.goto("/web/thing/")
        page.evaluate("window.stayed = true")
        page.locator("#id_display_name").fill("")
        page.locator("#id_phone").fill("021 5555")
        page.locator("#save").click()
        page.locator(".rh-summary").wait_for()
        page.wait_for_function("() => document.activeElement.matches('.rh-summary')")
        assert page.evaluate("window.stayed") is True
        assert page.locator("#id_phone").input_value() == "021 5555"
        assert page.locator("#id_display_name").get_attribute("aria-describedby") == (
            "id_display_name_error"
        )
        assert violations(page) == []
        shot(page, "invalid")
        page.locator(".rh-summary a").click()
        assert page.evaluate("document.activeElement.id") == "id_display_name"


def test_a_stale_form_shows_both_texts_and_saves_the_second_time(window, manager):
    with window(manager) as page:
        page.goto("/web/thing/")
        page.locator("[name=row_version]").evaluate("e => e.value = '1'")
        User.objects.filter(pk=manager.pk).update(display_name="陈静（新）")
        page.locator("#id_display_name").fill("陈小静")
        page.locator("#save").click()
        page.locator(".rh-conflict").wait_for()
        assert page.locator(".rh-conflict td").all_inner_texts() == ["陈静（新）", "陈小静"]
        assert page.locator("#id_display_name").input_value() == "陈小静"
        assert violations(page) == []
        shot(page, "conflict")
        page.locator("#save").click()
        page.get_by_role("heading", name="陈小静").wait_for()
        assert User.objects.get(pk=manager.pk).display_name == "陈小静"


def test_messages_of_a_part_come_along(window, manager):
    with window(manager) as page:
        page.goto("/web/thing/")
        page.locator("#warn").click()
        page.locator("#notes .rh-note-alert").wait_for()
        assert page.locator("#notes").inner_text().strip() == "逾期 6 天"
        assert page.locator("[data-toast] span").inner_text() == "<b>知道</b>"
        assert page.locator("#rows").inner_text() == "部分"


def test_a_failure_says_so_and_leaves_the_page(window, manager):
    with window(manager, allowed=["500", "broken"]) as page:
        page.goto("/web/thing/")
        page.locator("#words").fill("别丢")
        page.locator("#broken").click()
        page.locator("#notes .rh-note-alert").wait_for()
        assert page.locator("#words").input_value() == "别丢"
        shot(page, "failure")


def test_without_network_it_says_not_saved(window, manager):
    with window(manager, allowed=["ERR_INTERNET_DISCONNECTED", "htmx:"]) as page:
        page.goto("/web/thing/")
        offline = page.locator("body").get_attribute("data-offline-save")
        page.context.set_offline(True)
        page.locator("#id_display_name").fill("没有网络时写的")
        page.locator("#save").click()
        page.locator("#notes .rh-note-alert").wait_for()
        assert offline in page.locator("#notes").inner_text()
        assert page.locator("#id_display_name").input_value() == "没有网络时写的"
        page.context.set_offline(False)
        page.locator("#save").click()
        page.get_by_role("heading", name="没有网络时写的").wait_for()


def test_signed_out_meanwhile_nothing_is_lost(window, manager):
    with window(manager, allowed=["401", "403"]) as page:
        page.goto("/web/thing/")
        page.locator("#id_display_name").fill("写了很久")
        cookies = page.context.cookies()
        page.context.clear_cookies(name="sessionid")
        page.locator("#save").click()
        page.locator("#notes .rh-note-alert a").wait_for()
        assert page.locator("#id_display_name").input_value() == "写了很久"
        page.context.add_cookies([c for c in cookies if c["name"] == "sessionid"])
        page.context.clear_cookies(name="csrftoken")
        page.locator("#save").click()  # one press, as the note says
        page.get_by_role("heading", name="写了很久").wait_for()


def test_an_answer_to_what_has_left_the_page_leads_nowhere(window, manager):
    late = []
    with window(manager) as page:
        page.route("**/web/lazy/", lambda route: late.append(route))  # noqa: PLW0108 - a bound method cannot be marked
        page.goto("/web/parts/")
        page.locator(".rh-bones").wait_for()
        page.evaluate("""htmx.ajax("GET", "/web/things/", {target: "#page", select: "#page"})""")
        page.locator("#thing-rows").wait_for()
        for route in late:
            with suppress(Error):  # nobody waits any more
                route.fulfill(status=204, headers={"HX-Redirect": "/web/thing/"})
        page.wait_for_timeout(200)
        assert page.title() != "一项 · RiskHub"
        assert page.locator("#thing-rows").count() == len(late) == 1


def test_a_double_click_sends_once(window, manager):
    sent = []
    with window(manager) as page:
        page.goto("/web/thing/")
        page.route(
            "**/web/press/",
            lambda route: (sent.append(1), page.wait_for_timeout(300), route.continue_()),
        )
        page.locator("#words").fill("一次")
        page.locator("#send").dblclick()
        page.locator("[data-toast]").wait_for()
        assert sent == [1]
        assert page.locator("#words").input_value() == ""


def test_a_press_while_the_next_page_is_on_its_way_sends_nothing(window, manager):
    sent, held = [], []
    with window(manager, allowed=["ERR_FAILED", "htmx:", "undefined"]) as page:
        page.goto("/web/thing/")
        page.on("request", lambda r: sent.append(r) if r.method == "POST" else None)
        page.route("**/web/things/", lambda route: held.append(route))  # noqa: PLW0108 - see above
        page.locator("#press [name=to]").evaluate("e => e.value = '/web/things/'")
        for lost in (True, False):
            page.locator("#pressing").click()
            page.wait_for_function("() => document.querySelector('#pressing[aria-disabled]')")
            while not held:
                page.wait_for_timeout(20)
            page.locator("#pressing").click(force=True)
            page.wait_for_timeout(100)
            if lost:
                held.pop().abort()
                page.wait_for_function("() => !document.querySelector('#pressing[aria-disabled]')")
        held.pop().continue_()
        page.wait_for_url("**/web/things/")
        assert [request.url.split("/web/")[1] for request in sent] == ["press/", "press/"]


def test_leaving_with_typed_text_asks(window, manager):
    asked = []
    with window(manager) as page:
        page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
        page.goto("/web/thing/")
        page.locator("#words").press_sequentially("别丢")
        page.goto("/web/things/")
        assert asked == ["beforeunload"]
        page.goto("/web/thing/")
        page.goto("/web/things/")
        assert asked == ["beforeunload"]


def test_keys_lead_to_the_areas_and_can_be_turned_off(window, manager):
    with window(manager) as page:
        page.goto("/web/thing/")
        page.locator("#words").press_sequentially("gh")
        assert page.url.endswith("/web/thing/")
        page.locator("#words").fill("")
        page.locator("h1").click()
        page.keyboard.type("gh")
        page.wait_for_url("**/web/parts/")
        page.locator(".rh-menu summary[aria-label]").click()
        page.locator("[name=keys][value=off]").click()
        page.wait_for_load_state()
        page.keyboard.type("gr")
        page.wait_for_timeout(200)
        assert page.url.endswith("/web/parts/")


def test_a_lazy_section_comes_after_the_page(window, manager):
    with window(manager) as page:
        page.goto("/web/parts/")
        page.locator("#history").get_by_text("31 条").wait_for()
        assert page.locator("#history").count() == 1
        assert page.locator("#history .rh-bones").count() == 0


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_a_filter_is_chosen_in_place_and_stays_open(window, manager, phone):
    create_user(by=None, username="another", display_name="同事")
    with window(manager, phone=phone) as page:
        page.goto("/web/things/?q=")
        page.locator("#filter-owner summary").click()
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        shot(page, f"filter-{'phone' if phone else 'desktop'}")
        page.locator("#id_owner").select_option("1")
        said(page, "共 1 项")
        page.wait_for_url("**/web/things/?**owner=1")
        assert page.locator("#filter-owner summary b").inner_text() == "林晓芳"
        assert page.locator("#filter-owner[open]").count() == 1
        page.keyboard.press("Escape")
        page.locator("#filter-level summary").click()
        page.locator("#id_level_0").check()
        page.wait_for_url("**level=low**")
        page.wait_for_function("() => document.activeElement.id === 'id_level_0'")
        page.locator("#filter-level a").click()
        page.wait_for_url(lambda url: "level" not in url)
        assert "owner=1" in page.url
