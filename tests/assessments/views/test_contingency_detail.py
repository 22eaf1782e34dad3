import pytest

from assessments.services import (
    StepText,
    edit_contingency_plan,
    link_contingency,
    retire_contingency_plan,
    share_card,
)
from tests.contingency import content, drill, make_contingency
from tests.registers.pages import links_of, main_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(risk_manager, ops):
    return make_contingency(ops, by=risk_manager)


def test_what_people_do_and_what_drills_have_shown(plan, risk, sign_in, risk_manager):
    link_contingency(plan, risk, by=risk_manager)
    drill(plan, by=risk_manager, note="都到了")
    page = sign_in(risk_manager).get("/contingency/cp101/")
    said = main_of(page)
    for words in (
        "Injury",
        "119 / 120",
        "at once",
        "Call 120",
        "30 min",
        "都到了",
        "Proven",
    ):
        assert words in said
    assert "tel:120" in page.content.decode()
    assert risk.get_absolute_url() in " ".join(links_of(page))


def test_what_the_draft_lacks_stands_there(sign_in, risk_manager, ops):
    said = content(ops, steps=[], triggers=[])
    make_contingency(ops, by=risk_manager, in_force=False, said=said)
    page = sign_in(risk_manager).get("/contingency/CP-101/")
    assert len(page.context["missing"]) == 2
    assert "/contingency/CP-101/start/" not in page.content.decode()


def test_a_new_version_beside_the_one_in_force(plan, sign_in, risk_manager, ops):
    edit_contingency_plan(plan, content(ops), by=risk_manager, version=None)
    page = sign_in(risk_manager).get("/contingency/CP-101/")
    assert "/contingency/CP-101/start/" in page.content.decode()
    assert "Version 2 is being written" in main_of(page)


def test_who_only_reads_has_no_buttons(plan, sign_in, auditor):
    page = sign_in(auditor).get("/contingency/CP-101/").content.decode()
    for step in ("edit", "retire", "start", "drills/new", "link"):
        assert f"/contingency/CP-101/{step}/" not in page


def test_of_a_risk_that_one_does_not_see_nothing_is_told(
    risk_manager, sign_in, staff_repair, tech, risk, repair
):
    plan = make_contingency(repair, by=risk_manager)
    link_contingency(plan, risk, by=risk_manager)
    page = sign_in(staff_repair).get(plan.get_absolute_url())
    assert risk.code not in page.content.decode()


def test_elsewhere_and_missing_are_the_same(plan, sign_in, staff_repair):
    client = sign_in(staff_repair)
    for code in ("CP-101", "CP-999", "nothing"):
        assert client.get(f"/contingency/{code}/").status_code == 404


def test_retired_says_why(plan, sign_in, risk_manager):
    retire_contingency_plan(plan, by=risk_manager, reason="并入另一个")
    assert "并入另一个" in main_of(sign_in(risk_manager).get("/contingency/CP-101/"))


def test_wrong_method(plan, sign_in, risk_manager):
    assert sign_in(risk_manager).post("/contingency/CP-101/").status_code == 405


@pytest.mark.parametrize("phone", ["", "120"])
def test_a_column_of_phones_only_where_there_are_any(sign_in, risk_manager, ops, phone):
    steps = [StepText(minute=0, text_en="Leave", phone=phone)]
    plan = make_contingency(ops, by=risk_manager, said=content(ops, steps=steps))
    said = main_of(sign_in(risk_manager).get(plan.get_absolute_url()))
    assert ("Phone" in said) == bool(phone)


def test_what_is_empty_is_not_printed(plan, risk, sign_in, risk_manager):
    """Nor what only leads elsewhere: the card with its buttons."""
    client = sign_in(risk_manager)
    links, files, card = "links-title", "attachments-title", "card-title"

    def hidden():
        page = client.get(plan.get_absolute_url()).content.decode()
        sections = [part.partition("</h2>")[0] for part in page.split("<section ")[1:]]
        return {
            name for part in sections for name in (links, files, card)
            if f'id="{name}"' in part and "rh-no-print" in part.partition(">")[0]
        }  # fmt: skip

    assert hidden() == {links, files, card}
    link_contingency(plan, risk, by=risk_manager)
    assert hidden() == {files, card}


def test_the_whole_address_of_a_shared_card(plan, sign_in, risk_manager):
    shared = share_card(plan, by=risk_manager, is_public=True)
    address = f"http://testserver/m/cp/{shared.card_key}"
    page = sign_in(risk_manager).get("/contingency/CP-101/")
    assert f'href="{address}">{address}</a>' in page.content.decode()


def test_keepers_are_warned_before_it_is_needed(sign_in, risk_manager, auditor, ops):
    said = content(ops, steps=[StepText(minute=0, text_en="Stop")])
    make_contingency(ops, by=risk_manager, in_force=False, said=said)
    words = ("No phone number stands on the card", "name a deputy", "Put version 1 in force")
    shown = main_of(sign_in(risk_manager).get("/contingency/CP-101/"))
    assert [word in shown for word in words] == [True, True, True]
    shown = main_of(sign_in(auditor).get("/contingency/CP-101/"))
    assert [word in shown for word in words] == [False, False, False]
