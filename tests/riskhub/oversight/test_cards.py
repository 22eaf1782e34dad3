from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from riskhub.oversight import cards
from riskhub.oversight.cards import BANNER, NEEDS, SIDE, Banner, Card, Row, Section
from riskhub.oversight.people_cards import administration
from riskhub.oversight.wiring import work_banner
from riskhub.work.models import Work
from riskhub.work.services import SWEEP


@pytest.fixture
def _only_these(monkeypatch):
    monkeypatch.setattr(cards, "_cards", {})


def section(title, count=1, rows=()):
    return Section(title, count, "/", rows)


@pytest.mark.usefixtures("_only_these")
def test_cards_stand_in_order_where_they_are_allowed(outsider):
    def nobody(_user):
        raise AssertionError("built although it is not allowed")

    for card in (
        Card("b", NEEDS, 20, lambda _u: True, lambda _u: section("b")),
        Card("a", NEEDS, 10, lambda _u: True, lambda _u: section("a")),
        Card("empty", NEEDS, 15, lambda _u: True, lambda _u: None),
        Card("forbidden", NEEDS, 5, lambda _u: False, nobody),
        Card("elsewhere", SIDE, 1, lambda _u: True, nobody),
    ):
        cards.register_card(card)
    assert [shown.title for shown in cards.cards_for(outsider, NEEDS)] == ["a", "b"]


@pytest.mark.usefixtures("_only_these")
def test_the_same_key_replaces_a_card(outsider):
    for title in ("old", "new"):
        cards.register_card(
            Card("a", NEEDS, 1, lambda _u: True, lambda _u, title=title: section(title))
        )
    assert [shown.title for shown in cards.cards_for(outsider, NEEDS)] == ["new"]


def test_a_section_says_how_many_it_does_not_show():
    assert section("a", 7, [Row("/", "x")] * 5).more == 2
    assert section("a", 5, [Row("/", "x")] * 5).more == 0


def test_a_banner_alerts_only_when_it_must():
    assert Banner("a", "b").kind == "accent"
    assert Banner("a", "b", is_alert=True).kind == "alert"


def test_no_banner_while_everything_runs(risk_manager):
    assert work_banner(risk_manager) is None


def test_dead_work_is_a_banner(risk_manager, dead_work):
    dead_work()
    banner = work_banner(risk_manager)
    assert banner.is_alert
    assert banner.url == "/oversight/work/"


def test_silence_is_a_banner_only_when_something_waits_for_long(risk_manager):
    long_ago = timezone.now() - timedelta(minutes=6)
    late = Work.objects.create(kind="a", dedupe="a", run_after=long_ago)
    assert work_banner(risk_manager).is_alert
    Work.objects.create(kind=SWEEP, dedupe=SWEEP, state="done", done_at=timezone.now())
    assert work_banner(risk_manager) is None
    Work.objects.filter(dedupe=SWEEP).update(done_at=long_ago)
    assert work_banner(risk_manager).is_alert
    Work.objects.filter(pk=late.pk).update(state="done")
    assert work_banner(risk_manager) is None


def test_the_banner_is_for_those_who_can_do_something(risk_manager, admin, auditor, dead_work):
    dead_work()
    shown = [bool(cards.cards_for(user, BANNER)) for user in (risk_manager, admin, auditor)]
    assert shown == [True, True, False]


def test_the_administrator_sees_accounts_and_whether_work_is_done(
    sign_in, admin, outsider, risk_manager
):
    card = administration(admin).context
    everybody = sign_in(admin).get(reverse("accounts:person_list")).context["page"].count
    roleless = sign_in(admin).get(f"{reverse('accounts:person_list')}?role=none").context["page"]
    assert (card["active"], card["without_role"]) == (everybody, roleless.count)
    assert (everybody, roleless.count) == (3, 1)
    assert card["health"].is_silent is True
    page = sign_in(admin).get("/").content.decode()
    assert "后台没有响应" in page
    assert "系统管理" not in sign_in(risk_manager).get("/").content.decode()
