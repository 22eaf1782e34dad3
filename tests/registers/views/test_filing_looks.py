"""What the form shows at once, and what it never loses, in a browser."""

import pytest

from registers.models import RiskProposal
from riskhub.files.models import Attachment
from tests.photos import picture
from tests.riskhub.web.browser import violations

pytestmark = pytest.mark.browser
URL = "/m/new"
SEND = ".rh-act button[type=submit]"
LATE = ("status of 401", "status of 403")


def photo(colour="teal", size=(2400, 1800)):
    return {"name": "IMG.jpg", "mimeType": "image/jpeg", "buffer": picture(colour, size=size)}


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_numbers_and_the_switch_appear_with_their_tick(window, staff_cleaning, script):
    with window(staff_cleaning, phone=True, java_script_enabled=script) as page:
        page.goto(URL)
        numbers, switch = page.locator("a[href='tel:120']"), page.locator("[name=is_anonymous]")
        assert (numbers.is_visible(), switch.is_visible()) == (False, False)
        page.check("[name=kinds][value=hurt]")
        assert numbers.is_visible()
        page.uncheck("[name=kinds][value=hurt]")
        page.check("[name=kinds][value=near_miss]")
        assert (numbers.is_visible(), switch.is_visible()) == (False, True)
        page.check("[name=is_anonymous]")
        page.uncheck("[name=kinds][value=near_miss]")
        assert switch.is_visible()


def test_a_refused_form_loses_nothing(window, staff_cleaning, risk_manager):
    with window(staff_cleaning, phone=True) as page:
        page.goto(URL)
        page.check("[name=kinds][value=idea]")
        page.fill("[name=place]", "卧室")
        page.set_input_files("#id_photos_1", [photo()])
        page.locator(".rh-thumbs-live img").wait_for()
        page.click(SEND)
        page.locator(".rh-summary").wait_for()
        assert page.input_value("[name=place]") == "卧室"
        assert page.is_checked("[name=kinds][value=idea]")
        assert page.locator("[name=photos_kept]:checked").count() == 1
        assert violations(page) == []
        page.fill("[name=text]", "灯坏了")
        page.click(SEND)
        page.wait_for_url("**/m/filed/*")
        page.locator(".rh-thumb img").wait_for()
    attachment = Attachment.objects.get()
    assert (attachment.width, attachment.height) == (1600, 1200)
    assert RiskProposal.objects.get().place == "卧室"


def test_shots_add_up_to_five_and_are_taken_back(window, staff_cleaning):
    with window(staff_cleaning, phone=True) as page:
        page.goto(URL)
        shown = page.locator(".rh-thumbs-live > li")
        for number, colour in enumerate(("red", "green", "blue"), 1):
            page.set_input_files("#id_photos_0", [photo(colour, (80, 60))])
            page.wait_for_function(
                "n => document.querySelectorAll('.rh-thumbs-live > li').length === n", arg=number
            )
        page.set_input_files("#id_photos_1", [photo(c, (80, 60)) for c in ("gold", "gray", "tan")])
        page.wait_for_function(
            "() => document.querySelectorAll('.rh-thumbs-live > li').length === 5"
        )
        page.locator("[data-photo-off='0']").click()
        assert shown.count() == 4
        assert page.evaluate("document.querySelector('#id_photos_0').files.length") == 4


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_stands_in_the_way(window, staff_cleaning, theme):
    with window(staff_cleaning, phone=True, color_scheme=theme) as page:
        page.goto(URL)
        for kind in ("hurt", "near_miss"):
            page.check(f"[name=kinds][value={kind}]")
        assert violations(page) == []


def test_what_is_left_out_is_said_at_the_photos(window, staff_cleaning):
    with window(staff_cleaning, phone=True) as page:
        page.goto(URL)
        said = page.locator("#id_photos .rh-error")
        page.set_input_files(
            "#id_photos_1",
            [photo(c, (80, 60)) for c in ("red", "green", "blue", "gold", "gray", "tan")],
        )
        page.locator("[data-photo-off='4']").wait_for()
        assert said.text_content() == "最多 5 张照片，其余没有加上。"
        box = said.bounding_box()
        assert (box["width"] > 100, box["height"] > 15) == (True, True)
        assert violations(page) == []
        page.locator("[data-photo-off='0']").click()
        assert said.count() == 0
        bad = {"name": "IMG.jpg", "mimeType": "image/jpeg", "buffer": b"no picture"}
        page.set_input_files("#id_photos_1", [bad])
        said.wait_for()
        assert said.text_content() == "“IMG.jpg”在这里显示不了，发送时再检查。"
        assert violations(page) == []


def test_no_tick_of_a_photo_lies_over_the_button(window, staff_cleaning):
    over = """() => {
      const send = document.querySelector(".rh-act button").getBoundingClientRect();
      const tick = document.querySelector("[name=photos_kept]");
      scrollBy({ top: tick.getBoundingClientRect().top - send.top - 8, behavior: "instant" });
      const { left, top, width, height } = tick.getBoundingClientRect();
      const found = document.elementFromPoint(left + width / 2, top + height / 2);
      return [top - send.top, found.closest(".rh-act") !== null];
    }"""
    with window(staff_cleaning, phone=True, java_script_enabled=False) as page:
        page.set_viewport_size({"width": 375, "height": 500})
        page.goto(URL)
        page.fill("[name=text]", "灯坏了")
        page.set_input_files("#id_photos_1", [photo("red", (80 + n, 60)) for n in range(7)])
        page.click(SEND)
        page.locator(".rh-summary").wait_for()
        assert page.evaluate(over) == [8, True]


@pytest.mark.parametrize("lost", ["sessionid", ""], ids=["the session", "every cookie"])
def test_without_script_the_words_come_back_when_the_session_is_over(window, staff_cleaning, lost):
    with window(staff_cleaning, phone=True, java_script_enabled=False, allowed=LATE) as page:
        page.goto(URL)
        page.fill("[name=text]", "厨房地面有油")
        page.fill("[name=place]", "二楼的楼梯间里")
        page.set_input_files("#id_photos_1", [photo("red", (80, 60))])
        for name in [c["name"] for c in page.context.cookies() if lost in c["name"]]:
            page.context.clear_cookies(name=name)
        page.click(SEND)
        page.locator("textarea[readonly]").first.wait_for()
        assert [box.input_value() for box in page.locator("textarea[readonly]").all()] == [
            "厨房地面有油", "二楼的楼梯间里",
        ]  # fmt: skip
        assert "照片或文件要重新选择。" in page.inner_text("main")
        page.locator("main .btn-primary").click()
        page.wait_for_url("**/accounts/login/?next=/m/new")
    assert RiskProposal.objects.count() == 0
