"""A file from upload to risks as people do it: with script, on a phone, and without script."""

import re

import pytest

from registers.models import Risk
from riskhub.accounts.models import User
from riskhub.work.services import drain_work
from tests.assessments.uploads import WORDS, uploaded
from tests.assessments.wizard import page_of
from tests.riskhub.imports.made_files import csv_text
from tests.riskhub.web.browser import read_first, shot, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
VIEWS = [("zh-hans", "light", False), ("en", "dark", True)]
EMPTY = [["编号", "风险名称", "可能性", "影响"]]
FILE = {"name": "登记册.csv", "mimeType": "text/csv", "buffer": csv_text(WORDS).encode()}


@pytest.fixture
def upload():
    def send(page, file):
        page.goto("/registers/SVC/import/")
        page.set_input_files("#id_file", file)
        page.locator("main form button.btn-primary").click()

    return send


def answer(page):
    """Take the suggestions of both scales and choose what the file lacks."""
    for axis in ("probability", "impact"):
        page.locator(f"#take-{axis}").click()
        page.locator(f"#take-{axis}").wait_for(state="detached")
    for name in ("category", "department", "source"):
        page.select_option(f"#id_default_{name}", index=1)
    page.locator("#save-answers").click()
    page.locator("#start.btn-primary").wait_for()


@pytest.mark.parametrize(("locale", "theme", "phone"), VIEWS, ids=["zh-desktop", "en-dark-phone"])
def test_from_the_file_to_the_risks(locale, theme, phone, upload, register, risk_manager, window):
    User.objects.update(locale=locale, theme=theme)
    found = []

    def look(name):
        page.wait_for_function("() => !document.querySelector('[aria-busy=true]')")
        shot(page, f"import-{name}-{locale}-{theme}-{'phone' if phone else 'desktop'}")
        found.extend(f"{name}: {violation}" for violation in violations(page))
        if (wide := page.evaluate("document.documentElement.scrollWidth - innerWidth")) > 0:
            found.append(f"{name}: {wide} px too wide")

    with window(User.objects.get(pk=risk_manager.pk), phone=phone) as page:
        page.goto("/imports/")
        look("list")
        page.goto("/registers/SVC/import/")
        look("create")
        upload(page, FILE)
        page.wait_for_url("**/imports/*/")
        look("questions")
        answer(page)
        look("answered")
        page.locator("#start").press("Enter")
        page.locator("#import-progress").wait_for()
        look("progress")
        drain_work()
        page.locator("#result-title").wait_for()
        look("result")
        page.goto(page_of(uploaded(EMPTY, by=risk_manager)))
        look("refused")
    assert found == []
    assert list(Risk.objects.order_by("number").values_list("title", flat=True)) == [
        "客户家中漏水", "地面湿滑摔倒",
    ]  # fmt: skip


def test_rows_by_outcome_keep_their_place(register, risk_manager, window, in_english):
    run = uploaded(WORDS, by=risk_manager)
    with window(risk_manager) as page:
        page.goto(page_of(run))
        page.locator("#id_default_category").select_option("technical")
        page.get_by_role("link", name="Error 3").click()
        page.wait_for_url("**/?outcome=error")
        assert page.evaluate("document.activeElement.id") == "outcome-2"
        assert page.locator("#id_default_category").input_value() == "technical"


def test_without_script(upload, register, risk_manager, window, in_english):
    with window(risk_manager, java_script_enabled=False) as page:
        upload(page, FILE)
        page.wait_for_url("**/imports/*/")
        for axis in ("probability", "impact"):
            page.locator(f"#take-{axis}").click()
        for name in ("category", "department", "source"):
            page.select_option(f"#id_default_{name}", index=1)
        page.locator("#save-answers").click()
        page.locator("#start").click()
        page.get_by_text("The import begins").wait_for()
        drain_work()
        page.get_by_role("link", name="Look again").click()
        page.get_by_text("2 risks are imported").wait_for()
    assert Risk.objects.count() == 2


@pytest.mark.parametrize("phone", [False, True])
def test_a_chosen_file_stays_chosen(risk_manager, ops, window, in_english, phone):
    """Though the rest of the form was refused."""
    with window(risk_manager, phone=phone) as page:
        page.goto("/imports/new/")
        page.locator("main form button.btn-primary").click()
        page.locator(".rh-summary").wait_for()
        assert "File: Choose a file." in page.locator(".rh-summary").inner_text()
        page.set_input_files("#id_file", FILE)
        page.locator("#id_code").fill("NEW")
        page.locator("main form button.btn-primary").click()
        page.locator("#id_name_error").wait_for()
        assert read_first(page, ".rh-summary")
        assert page.locator("#id_file").evaluate("e => e.files[0].name") == FILE["name"]
        assert page.locator("#id_file_error").count() == 0
        shot(page, f"import-file-kept-{'phone' if phone else 'desktop'}")
        page.locator("#id_name").fill("新登记表")
        page.locator("#id_department").select_option(str(ops.pk))
        page.locator("main form button.btn-primary").click()
        page.wait_for_url(re.compile(r"/imports/\d+/$"))


def test_without_script_a_chosen_file_is_asked_for_again(risk_manager, window, in_english):
    with window(risk_manager, java_script_enabled=False) as page:
        page.goto("/imports/new/")
        page.set_input_files("#id_file", FILE)
        page.locator("#id_code").fill("NEW")
        page.locator("#id_name").fill("New")
        page.locator("main form button.btn-primary").click()
        words = page.locator("#id_file_error").inner_text()
        assert words == "Choose the file again: the browser has not kept it."


def test_a_new_register_unfolds_its_fields(register, risk_manager, window):
    with window(risk_manager) as page:
        page.goto("/registers/SVC/import/")
        code = page.locator("#id_code")
        code.wait_for(state="hidden")
        page.select_option("#id_register", "")
        code.wait_for()
        page.select_option("#id_register", str(register.pk))
        code.wait_for(state="hidden")
        page.select_option("#id_register", "")
        code.fill("NEW")
        page.select_option("#id_register", str(register.pk))
        assert code.is_visible()  # nothing that was typed is hidden


def test_without_script_the_fields_of_a_new_register_are_there(register, risk_manager, window):
    with window(risk_manager, java_script_enabled=False) as page:
        page.goto("/registers/SVC/import/")
        assert page.locator("#id_code").is_visible()
