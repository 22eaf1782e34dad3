"""The set-up goes on where the company left off, for whoever keeps accounts and registers."""

import pytest

from riskhub.company.services import set_preference
from riskhub.setup.services import mark_step


@pytest.mark.parametrize(
    ("done", "url"),
    [((), "company"), (("company",), "people"), (("company", "people", "scope"), "matrix"),
     (("company", "people", "scope", "matrix", "library", "done"), "done")],
)  # fmt: skip
def test_where_it_was_left(as_founder, founder, done, url):
    for key in done:
        mark_step(key, by=founder)
    assert as_founder.get("/setup/")["Location"] == f"/setup/{url}/"


def test_the_home_page_says_so_until_it_is_over(as_founder, founder):
    assert "首次设置尚未完成" in as_founder.get("/").content.decode()
    for key in ("company", "people", "scope", "matrix", "library", "done"):
        mark_step(key, by=founder)
    assert "首次设置尚未完成" not in as_founder.get("/").content.decode()


def test_not_for_others_nor_in_the_demo(sign_in, risk_manager, founder, as_founder):
    assert sign_in(risk_manager).get("/setup/").status_code == 403
    set_preference("is_demo", True, by=founder)
    assert as_founder.get("/setup/company/").status_code == 403
    assert "首次设置尚未完成" not in as_founder.get("/").content.decode()


def test_of_a_company_that_is_set_up_it_says_where_its_lists_are(
    sign_in, risk_manager, founder, as_founder, admin
):
    set_preference("is_demo", True, by=founder)
    page = as_founder.get("/setup/")
    assert page.status_code == 200
    body = page.content.decode()
    assert "公司已设置好" in body
    for url in ("/settings/people/", "/settings/departments/", "/settings/taxonomy/"):
        assert f'<a class="rh-name" href="{url}"' in body
    assert sign_in(risk_manager).get("/setup/").status_code == 403
