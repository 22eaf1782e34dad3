from dataclasses import replace

import pytest

from assessments.models import MatrixScheme
from assessments.schemes.presets import preset
from assessments.schemes.rows import content_of
from assessments.services.schemes import save_scheme
from tests.assessments.events import events_of
from tests.assessments.matrices import cautious, changed, draft, submitted
from tests.assessments.pages import htmx, told
from tests.assessments.views.scheme_forms import sent
from tests.builders import assess, make_risk

pytestmark = pytest.mark.django_db

URL, DETAIL = "/settings/matrix/2/edit/", "/settings/matrix/2/"


@pytest.fixture
def scheme(risk_manager):
    return draft(by=risk_manager, content=changed(c11=0))


@pytest.fixture
def client(risk_manager, sign_in):
    return sign_in(risk_manager)


def stored():
    return content_of(MatrixScheme.objects.get(pk=2))


def test_the_form_holds_all_that_the_matrix_says(scheme, client):
    before = stored()
    assert client.post(URL, sent(scheme)).status_code == 302
    assert stored() == before
    scheme.refresh_from_db()
    assert scheme.row_version == 1


def test_cells_scales_floors_and_rules_are_kept(scheme, client):
    page = client.post(URL, sent(
        scheme, cell_14="0", probability_from_2="0.25", impact_3_en="Middling",
        impact_5_injury_zh="人员死亡", floor_1_en="A death", floor_2_cell="25", floor_2_zh="重伤",
        level_1_needs_plan="on", level_1_review_months="4", area_quality="1", name_en="Ours",
    ))  # fmt: skip
    assert (page.status_code, page["Location"]) == (302, "/settings/matrix/2/")
    assert told(page) == ["M2 is kept as a draft."]
    kept = stored()
    assert kept.cells[1, 4] == 0
    assert [float(limit) for limit in kept.probability_limits] == [0.25, 1, 5, 25]
    assert kept.impact[2].name.en == "Middling"
    assert kept.impact[4].anchors[0].zh == "人员死亡"
    assert [(f.place, f.reason.en, f.reason.zh) for f in kept.floors][1] == ((2, 5), "", "重伤")
    assert (kept.rules[1].needs_plan, kept.rules[1].review_months) == (True, 4)
    assert kept.areas["quality"] == 1
    assert kept.name.en == "Ours"
    assert events_of(scheme)[-1]["action"] == "scheme.edited"


def test_the_months_of_critical_are_fixed_and_the_form_says_so(scheme, client):
    page = client.get(URL).text
    field = page[page.index('name="level_3_review_months"') - 200 :][:700]
    assert "disabled" in field
    assert "Fixed: Critical is reviewed every month." in page
    client.post(URL, sent(scheme, level_3_review_months="6"))
    assert stored().rules[3].review_months == 1


def test_on_a_phone_the_button_stays_in_sight(scheme, client):
    """It sticks to the end of the form, not to the end of a column in it."""
    page = client.get(URL).text
    foot = page.index("rh-act-phone")
    assert page[page.index('id="scheme-checks"') : foot].count("</div>") - page[
        page.index('id="scheme-checks"') : foot
    ].count("<div") == 2  # fmt: skip


def test_a_tick_taken_away_and_a_line_lifted(scheme, client):
    client.post(URL, sent(scheme, level_3_needs_contingency=None, area_staff_safety=""))
    assert stored().rules[3].needs_contingency is False
    assert "staff_safety" not in stored().areas


def test_the_checks_of_what_stands_in_the_form_are_shown_at_once(scheme, client):
    fields = sent(scheme, cell_33="0") | {"preview": "1"}
    page = client.post(URL, fields, **htmx("scheme-checks"))
    assert page.status_code == 200
    assert page.text.strip().startswith('<div class="rh-stack" id="scheme-checks"')
    marks = page.context["judged"].marks
    assert {marks[place] for place in ((2, 3), (3, 3), (3, 2))} == {"is-at-fault"}
    assert marks[1, 4] == "is-warned"
    assert 'data-faults="23 32 33' in page.text
    assert 'data-warned="14 ' in page.text
    assert "errors: it cannot be submitted" in page.text
    assert stored().cells[3, 3] == 1


def test_beside_the_map_it_says_how_much_is_wrong(scheme, client):
    """On a phone the list stands far below; the script takes the words over from a preview."""
    page = client.get(URL).text
    assert '<a href="#checks" id="scheme-told">No error, no warning.</a>' in page
    fields = sent(scheme, cell_33="0") | {"preview": "1"}
    live = client.post(URL, fields, **htmx("scheme-checks"))
    judged = live.context["judged"]
    words = f"{judged.errors} errors, {judged.warnings} warnings"
    assert f'data-told="{words}"' in live.text
    assert f'id="scheme-told">{words}</a>' in client.post(URL, fields).text
    assert client.post(URL, fields | {"name_zh": ""}).text.count('id="scheme-told">Checks<') == 1


def test_what_changes_names_the_risks(scheme, client, register, risk_manager):
    for number in range(3):
        risk = make_risk(register, by=risk_manager, title=f"风险{number}")
        assess(risk, (2, 2), (2, 2), by=risk_manager)
    fields = sent(scheme, cell_22="1") | {"preview": "1"}
    page = client.post(URL, fields, **htmx("scheme-checks"))
    changes = page.context["changes"]
    assert [(m.former, m.level, m.count) for m in changes.moves] == [(0, 1, 3)]
    assert (changes.rated, changes.raised, changes.lowered) == (3, 3, 0)
    assert "3 of 3 assessed risks change their level" in page.text
    assert "风险1" in page.text


def test_a_preset_is_taken_into_the_form_and_nothing_is_kept(scheme, client):
    page = client.post(URL, sent(scheme, name_en="Typed") | {"take": "cautious"})
    assert page.status_code == 200
    assert 'value="Typed"' in page.text
    assert page.context["judged"].content.cells == preset("cautious").cells
    assert not page.context["judged"].content.floors
    assert stored().cells != preset("cautious").cells


def test_a_preset_brings_its_cells_and_leaves_the_name(scheme, client):
    """Whether it was typed now or is stored; but no preset goes by the name of another."""
    for fields in ({}, {"name_zh": "自己的"}):
        page = client.post(URL, sent(scheme, **fields) | {"take": "cautious"})
        assert page.context["judged"].content.name.en == stored().name.en
        assert page.context["judged"].content.name.zh == fields.get("name_zh", stored().name.zh)
    name = preset("classic_product")
    fields = {"name_zh": name.name_zh, "name_en": name.name_en}
    page = client.post(URL, sent(scheme, **fields) | {"take": "cautious"})
    assert page.context["judged"].content.name.en == preset("cautious").name_en


def test_the_classic_product_is_offered_fifteen_as_the_limit(scheme, client):
    page = client.post(URL, sent(scheme) | {"take": "classic_product"})
    assert 'value="classic_product_15"' in page.text
    page = client.post(URL, sent(scheme) | {"take": "classic_product_15"})
    assert 'value="classic_product_15"' not in page.text
    assert page.context["judged"].content.cells[4, 4] == 3
    assert client.post(URL, sent(scheme) | {"take": "burn"}).status_code == 404


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("probability_from_3", "x", "Probability 3 from"),
        ("probability_from_3", "0", "Probability 3 from"),
        ("impact_from_2", "", "Impact 2 from"),
        ("cell_55", "4", "Probability 5, impact 5"),
        ("floor_2_cell", "15", "declared above already"),
        ("level_2_approval_days", "-1", "Days to decide"),
        ("name_zh", "", "Name in Chinese"),
        ("impact_1_en", "x" * 101, "name in English"),
    ],
)
def test_what_cannot_be_read_stays_in_the_form(field, value, said, scheme, client):
    page = client.post(URL, sent(scheme, **{field: value, "name_en": "Typed"}))
    assert page.status_code == 422
    assert said in page.text
    assert 'value="Typed"' in page.text
    assert MatrixScheme.objects.get(pk=2).row_version == 1


def test_limits_that_fall_are_kept_and_told(scheme, client):
    assert client.post(URL, sent(scheme, impact_from_3="1")).status_code == 302
    page = client.get(URL)
    assert "Impact: band 2 does not rise" in page.text


def test_a_form_without_the_version_that_was_read_is_stale(scheme, client):
    form = sent(scheme, name_en="Mine") | {"row_version": ""}
    assert client.post(URL, form).status_code == 409
    assert stored().name.en != "Mine"


def test_a_stale_form_shows_both_and_keeps_neither(scheme, client, second_manager):
    form = sent(scheme, name_en="Mine")
    save_scheme(scheme, by=second_manager, content=cautious(), version=1)
    page = client.post(URL, form)
    assert page.status_code == 409
    assert "Not saved: somebody saved in between" in page.text
    assert 'value="Mine"' in page.text
    assert stored().cells == cautious().cells
    assert page.context["judged"].content.cells == cautious().cells
    assert page.context["differences"].floors
    data = page.context["form"].data.dict()
    assert client.post(URL, data).status_code == 302
    assert (stored().name.en, stored().cells) == ("Mine", cautious().cells)


def test_what_waits_is_not_edited(client, risk_manager):
    scheme = submitted(by=risk_manager)
    page = client.get(URL)
    words = "M2 waits for a decision. Take it back to edit, then change it."
    assert (page.status_code, page["Location"], told(page)) == (302, DETAIL, [words])
    assert '/settings/matrix/2/recall/"' in client.get(DETAIL).text
    assert client.post(URL, {"preview": "1"}).status_code == 204
    assert client.post(URL, sent(scheme)).status_code == 409
    assert MatrixScheme.objects.get(pk=2).state == "submitted"


def test_what_is_in_force_is_not_edited(client):
    page = client.get("/settings/matrix/1/edit/")
    assert (page.status_code, told(page)) == (302, ["Only a draft is edited. Start a new one."])


def test_nobody_else_edits_it(scheme, approver, auditor, head_cleaning, sign_in):
    for person in (approver, auditor, head_cleaning):
        assert sign_in(person).post(URL, sent(scheme)).status_code == 403
    assert sign_in(approver).get("/settings/matrix/9/edit/").status_code == 403


def test_a_matrix_that_is_not_there(client):
    assert client.get("/settings/matrix/9/edit/").status_code == 404


def test_no_floor_is_called_none_in_chinese(risk_manager, sign_in):
    scheme = draft(by=risk_manager)
    page = sign_in(risk_manager, "zh-hans").get(f"/settings/matrix/{scheme.number}/edit/").text
    assert ('<option value="" selected>无</option>' in page, "不加" in page) == (True, False)


def test_both_windows_of_one_person(scheme, client, risk_manager):
    """It says so, and what was not touched here is as it was saved there: floors gone, a line lifted."""
    form = sent(scheme, name_en="Mine", floor_2_cell="25", floor_2_zh="重伤")
    save_scheme(scheme, by=risk_manager, content=replace(cautious(), areas={}), version=1)
    page = client.post(URL, form)
    assert page.status_code == 409
    assert "Not saved: you saved in another window in between" in page.text
    assert "You changed this matrix in another window, " in page.text
    assert "Somebody else" not in page.text
    assert client.post(URL, page.context["form"].data.dict()).status_code == 302
    assert [floor.place for floor in stored().floors] == [(2, 5)]
    assert (stored().areas, stored().name.en) == ({}, "Mine")


def test_a_stale_form_names_who_was_faster(scheme, client, second_manager):
    form = sent(scheme, name_en="Mine")
    save_scheme(scheme, by=second_manager, content=cautious(), version=1)
    page = client.post(URL, form)
    assert f"{second_manager.display_name} changed this matrix meanwhile, " in page.text
