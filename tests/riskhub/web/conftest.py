from pathlib import Path

import pytest
from django.template import engines

from riskhub.accounts.services import create_user
from riskhub.web import navigation

HERE = Path(__file__).parent


@pytest.fixture(autouse=True)
def _test_pages(settings):
    """The pages of these tests beside the product's own."""
    settings.ROOT_URLCONF = "tests.riskhub.web.pages"
    filesystem = engines["django"].engine.template_loaders[0].loaders[0].loaders[0]
    before = filesystem.dirs
    filesystem.dirs = [*(before or filesystem.get_dirs()), HERE / "templates"]
    yield
    filesystem.dirs = before


@pytest.fixture(autouse=True)
def _test_entries(monkeypatch):
    """The navigation of the test pages, whatever the packages have registered."""
    monkeypatch.setattr(navigation, "_entries", [])
    monkeypatch.setattr(navigation, "_company", [])
    navigation.name_company_with(lambda: "和顺到家")
    add = navigation.add_entry
    add("home", "web_tests:parts", "首页", order=1)
    add("register", "web_tests:thing_list", "清单", order=2, count=lambda _user: 7)
    add("register", "web_tests:thing", "一项", order=3)
    add("reports", "web_tests:warn", "报告", order=4, allowed=lambda u: u.username == "manager")
    add("phone", "web_tests:parts", "首页", order=1, icon="home")
    add("phone", "web_tests:thing", "上报", order=2, icon="plus")
    add("menu", "account_change_password", "修改密码", order=1)


@pytest.fixture
def manager(db):
    return create_user(by=None, username="manager", display_name="陈静")


@pytest.fixture
def staff(db):
    return create_user(by=None, username="staff", display_name="Li Wei", locale="en")
