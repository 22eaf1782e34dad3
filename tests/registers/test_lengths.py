"""A text has two pages at most, wherever it comes from; what was longer before can be shortened."""

import pytest
from django.core.exceptions import ValidationError

from assessments.register_import.plan import describe
from registers.models import Control, Register, Risk, RiskControl
from registers.services import edit_control, edit_risk, edit_risk_control, link_control
from riskhub.entry.texts import LONGEST
from tests.builders import make_control
from tests.registers.views.test_risk_edit import values as values  # noqa: PLC0414 - a fixture
from tests.riskhub.imports.made_files import workbook

TEXTS = ("cause", "event", "consequence")
LONG = "长" * (LONGEST + 1)
TOO_LONG = "最多 4000 个字符，现在有 4001 个。"


def sentence(text):
    return text.replace(",", "")


@pytest.mark.parametrize("name", TEXTS)
def test_the_form_says_how_long_it_is_and_keeps_what_was_typed(values, manager, name):
    response = manager.post("/risks/R001/edit/", values | {name: LONG})
    assert response.status_code == 422
    assert {
        key: list(map(sentence, said)) for key, said in response.context["form"].errors.items()
    } == {name: [TOO_LONG]}
    page = response.content.decode()
    assert LONG in page
    assert 'maxlength="4000"' not in page  # the browser would cut what is pasted, and say nothing


def test_a_line_break_counts_once(values, manager):
    text = "长\r\n" * (LONGEST // 2)
    assert manager.post("/risks/R001/edit/", values | {"event": text + "短"}).status_code == 422
    assert manager.post("/risks/R001/edit/", values | {"event": text}).status_code == 302
    assert len(Risk.objects.get().event) == LONGEST - 1


def test_a_row_of_a_file_is_refused_and_never_cut():
    header = ["Risk", "Cause", "Event", "Consequence"]
    rows = [
        header,
        ["Slips on wet floors", "x" * 4000, "y", "z"],
        ["Gas leak in a home", "x" * 4001, "y", "z"],
        ["Key lost", "x", "y", "z" * 5000],
    ]
    mapping = {"columns": {"consequence": "Consequence"}}
    told = [
        (row.outcome, str(row.message)) for row in describe(workbook(rows), "a.xlsx", mapping).rows
    ]
    assert [outcome for outcome, _words in told] == ["create", "error", "error"]
    assert [sentence(words) for _outcome, words in told[1:]] == [
        "B 列的文字有 4001 个字符，最多 4000 个。在文件中删短。",
        "D 列的文字有 5000 个字符，最多 4000 个。在文件中删短。",
    ]


@pytest.fixture
def longer(risk):
    """As they were kept when nothing was too long."""
    Risk.objects.update(event=LONG, cause=LONG)
    risk.refresh_from_db()
    return risk


def test_what_is_longer_already_is_shown_and_can_be_shortened(values, longer, manager):
    assert LONG in manager.get("/risks/R001/").content.decode()
    assert LONG in manager.get("/risks/R001/edit/").content.decode()
    sent = values | {"event": LONG[:-1], "cause": ""}
    assert manager.post("/risks/R001/edit/", sent).status_code == 302
    assert Risk.objects.get().event == LONG[:-1]


def test_who_changes_something_else_need_not_shorten_it(longer, risk_manager):
    edited = edit_risk(longer, by=risk_manager, version=1, title="新名称")
    assert (edited.title, edited.event) == ("新名称", LONG)
    with pytest.raises(ValidationError) as refused:
        edit_risk(edited, by=risk_manager, version=2, event=LONG + "更长")
    assert list(refused.value.error_dict) == ["event"]


def test_so_do_controls_and_their_effects(risk, ops, risk_manager):
    control = make_control(ops, by=risk_manager)
    link = link_control(risk, control, by=risk_manager)
    Control.objects.update(description=LONG, evidence=LONG)
    RiskControl.objects.update(note=LONG)
    control = edit_control(control, by=risk_manager, version=1, title="新名称")
    assert (control.title, control.description) == ("新名称", LONG)
    changed = {"acts_on": "impact", "strength": 2}
    link = edit_risk_control(link, by=risk_manager, version=1, note=LONG, **changed)
    assert (link.strength, link.note) == (2, LONG)
    for refused in (
        lambda: edit_control(control, by=risk_manager, version=2, evidence=LONG + "更长"),
        lambda: edit_risk_control(link, by=risk_manager, version=2, note=LONG + "长", **changed),
        lambda: Register(code="X", description=LONG).clean_fields(exclude=["department"]),
    ):
        with pytest.raises(ValidationError) as fault:
            refused()
        assert sentence(str(fault.value)).count("4000") == 1
