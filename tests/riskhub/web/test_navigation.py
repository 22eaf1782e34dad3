import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import resolve

from riskhub.web import navigation
from riskhub.web.navigation import add_entry, navigation_for


@pytest.fixture
def nav(rf):
    def shown(path, user):
        request = rf.get(path)
        request.user = user
        request.resolver_match = resolve(path)
        return navigation_for(request)

    return shown


def test_areas_in_order_with_what_the_user_may_use(nav, manager, staff):
    assert [a.url for a in nav("/web/parts/", manager).areas] == [
        "/web/parts/",
        "/web/things/",
        "/web/warn/",
    ]
    assert [a.url for a in nav("/web/parts/", staff).areas] == ["/web/parts/", "/web/things/"]


def test_the_current_area_opens_and_names_the_page(nav, manager):
    home, register, _reports = nav("/web/thing/", manager).areas
    assert (home.current, home.children) == ("", [])
    assert (register.current, register.count) == ("true", 7)
    assert [(c.url, c.current) for c in register.children] == [
        ("/web/things/", ""),
        ("/web/thing/", "page"),
    ]


def test_a_page_below_an_entry_is_current_without_being_it(nav, manager):
    add_entry("monitor", "web_tests:only_manager", "x", covers=("web_tests:stale",))
    monitor = next(a for a in nav("/web/stale/", manager).areas if a.icon.startswith("presen"))
    assert monitor.current == "true"


def test_an_entry_stands_for_the_pages_of_its_noun():
    entry = navigation.Entry("register", "registers:risk_list", "x")
    assert entry.match("registers:risk_list") > entry.match("registers:risk_edit") > 0
    assert entry.match("registers:register_list") == 0


def test_adding_again_replaces(nav, manager):
    add_entry("home", "web_tests:parts", "另一个", order=1)
    assert [a.url for a in nav("/web/parts/", manager).areas].count("/web/parts/") == 1


def test_the_phone_has_four_places_at_most(nav, manager):
    for name in ("warn", "stale", "missing"):
        add_entry("phone", f"web_tests:{name}", name, icon="home")
    assert len(nav("/web/parts/", manager).phone) == 4


def test_no_such_place():
    with pytest.raises(ValueError, match="no place"):
        add_entry("nowhere", "web_tests:parts", "x")


def test_nothing_for_nobody(nav):
    shown = nav("/web/parts/", AnonymousUser())
    everything = (shown.areas, shown.menu, shown.phone, shown.top, shown.company)
    assert everything == ([], [], [], [], "")


def test_the_company_is_named_below(nav, manager):
    assert nav("/web/parts/", manager).company == "和顺到家"


def test_the_top_bar_shows_a_count(client, manager):
    add_entry("top", "web_tests:lazy", "通知", icon="bell", count=lambda _user: 3)
    client.force_login(manager)
    page = client.get("/web/thing/").content.decode()
    link = page[page.index('href="/web/lazy/"') : page.index("rh-dot")]
    assert "通知" in link
    assert "3" in link
