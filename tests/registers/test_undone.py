"""What was taken back stands nowhere, counts nowhere, and opens by its code all the same."""

import io
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from assessments.quarterly.activity import closed_risks
from assessments.quarterly.evidence import sources
from assessments.quarterly.frame import Frame
from assessments.quarterly.movement import movement
from assessments.quarterly.risks_part import open_risks
from registers.models import Risk
from registers.services import close_risk, reopen_risk, undo_risks
from riskhub.company.calendar import Quarter
from riskhub.company.preferences import company_zone
from tests.builders import make_risk
from tests.registers.pages import codes_of, links_of, main_of

LIST = "/risks/"


@pytest.fixture
def undone(risk, register, risk_manager):
    """R002; R001 is open and R003 is closed."""
    mistaken = make_risk(register, by=risk_manager, title="误登记")
    gone = make_risk(register, by=risk_manager, title="已停业务")
    undo_risks([mistaken], by=risk_manager, acts=[], reason="误受理")
    close_risk(gone, by=risk_manager, reason="业务已停")
    mistaken.refresh_from_db()
    return mistaken


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("", ["R001"]),
        ("?state=all", ["R001", "R003"]),
        ("?state=closed", ["R003"]),
        ("?state=undone", ["R002"]),
        ("?state=all&q=误登记", []),
        ("?state=undone&q=误登记", ["R002"]),
        ("?state=identified", ["R001"]),
    ],
)
def test_the_list_shows_it_only_where_it_is_asked_for(undone, manager, query, codes):
    page = manager.get(LIST + query)
    assert codes_of(page) == codes
    assert page.context["counts"]["all"] == len(codes)
    rows = manager.get(f"/risks/export/{query or '?'}&format=csv").getvalue().decode()
    assert [f"R00{n}" in rows for n in (1, 2, 3)] == [f"R00{n}" in codes for n in (1, 2, 3)]
    found = manager.get(f"/api/v1/risks/{query}").json()["results"]
    assert [risk["code"] for risk in found] == codes


def test_nobody_who_searches_is_led_to_it_but_by_its_code(undone, manager):
    assert links_of(manager.get(f"{LIST}?q=误登记"), "/risks/R002") == []
    page = manager.get(f"{LIST}?q=R002")
    assert "/risks/R002/" in links_of(page)
    assert "R002 是误登记的，已撤回。" in main_of(page)


def test_its_page_says_so(undone, manager):
    words = main_of(manager.get("/risks/R002/"))
    assert "已撤回。" in words
    assert "误受理" in words
    assert "已撤回" not in main_of(manager.get("/risks/R003/"))


def test_opened_again_by_hand_it_counts_again(undone, manager, risk_manager):
    reopen_risk(undone, by=risk_manager, reason="还是要管")
    assert Risk.objects.get(number=2).is_undone is False
    assert codes_of(manager.get(LIST)) == ["R001", "R002"]
    assert "已撤回。" not in main_of(manager.get("/risks/R002/"))


def test_its_number_stays_taken(undone, register, risk_manager):
    assert make_risk(register, by=risk_manager).number == 4


def test_home_and_heat_map_leave_it_out(undone, manager):
    for url in ("/", "/matrix/", "/registers/"):
        assert "R002" not in manager.get(url).content.decode()


def test_the_quarterly_report_leaves_it_out(undone):
    now, zone = timezone.now(), company_zone()
    frame = Frame(Quarter.of(timezone.localdate()), now + timedelta(seconds=5), zone)
    assert [part["code"] for part in closed_risks(frame)] == ["R003"]
    moved = movement(frame)
    assert (moved["new"], moved["closed"], moved["open_at_end"]) == (2, 1, 1)
    assert sources(frame)[0]["rows"] == 2
    assert [risk.code for risk in open_risks()] == ["R001"]


def test_the_command_leaves_it_out(undone, register, tmp_path):
    path = tmp_path / "risks.csv"
    call_command(
        "export_register", register=register.code, format="csv", out=path, all=True,
        stdout=io.StringIO(),
    )  # fmt: skip
    rows = path.read_text("utf-8-sig")
    assert [f"R00{n}" in rows for n in (1, 2, 3)] == [True, False, True]
