"""What is still to be answered is called undecided, and what nobody knows here is asked."""

import pytest

from assessments.services.imports import import_now, preview_run
from registers.models import Risk
from tests.assessments.uploads import DEFAULTS, NUMBERS, answered, uploaded
from tests.assessments.wizard import filled, page_of, post
from tests.cast import make_user

pytestmark = pytest.mark.django_db
NAMED = [
    ["Risk", "Category", "Department", "Source"],
    ["Gas leak", "Legal", "OPS", "audit"],
    ["Flood", "technical", "不存在部", "audit"],
    ["Theft", "technical", "另一个部", "a dream"],
]


@pytest.fixture
def client(risk_manager, sign_in):
    return sign_in(risk_manager)


@pytest.fixture
def run(register, risk_manager):
    return uploaded(NAMED, by=risk_manager)


def messages_of(page):
    return [row.message.removeprefix("Without scores: the row has none. ")
            for row in page.context["page"]]  # fmt: skip


def facts_of(page):
    return [step.fact for step in page.context["steps"]]


def test_defaults_that_are_not_chosen_are_no_defaults(register, risk_manager, client):
    page = client.get(page_of(uploaded(NUMBERS, by=risk_manager)))
    assert page.context["page"].rows[1].message == (
        "Category: undecided. Department: undecided. Source: undecided."
    )
    assert facts_of(page)[3:] == ["undecided", "undecided"]
    page = client.get(page_of(answered(by=risk_manager)))
    assert facts_of(page)[3:] == ["0 errors", "3 new risks"]
    assert "undecided" not in page.text


def test_scales_that_are_not_decided(register, risk_manager, client):
    rows = [["Risk", "Likelihood", "Impact"], ["Leak", "often", "dire"]]
    page = client.get(page_of(uploaded(rows, by=risk_manager, mapping={"defaults": DEFAULTS})))
    assert facts_of(page)[3:] == ["undecided", "undecided"]


def test_a_file_that_is_all_there_owes_no_answer(register, risk_manager, client):
    import_now(answered(by=risk_manager), by=risk_manager)
    page = client.get(page_of(uploaded(NUMBERS, by=risk_manager)))
    assert facts_of(page)[3:] == ["0 errors", "0 new risks"]


def test_words_that_nobody_knows_are_asked_and_undecided(run, client):
    page = client.get(page_of(run))
    assert messages_of(page) == [
        "Category: undecided, “Legal” is kept as text.",
        "The department “不存在部” is not known here: undecided.",
        (
            "Source: undecided, “a dream” is kept as text. "
            "The department “另一个部” is not known here: undecided."
        ),
    ]
    form = page.context["form"]
    assert {name: (form[name].value(), form[name].help_text) for name in form.fields
            if name.startswith("default_")} == {
        "default_category": ("", "Not known here: “Legal”."),
        "default_department": ("", "Not known here: “不存在部”, “另一个部”."),
        "default_source": ("", "Not known here: “a dream”."),
    }  # fmt: skip
    assert page.context["questions"] == [
        "Choose the category for what is not known here: “Legal”.",
        "Choose the department for what is not known here: “不存在部”, “另一个部”.",
        "Choose the source for what is not known here: “a dream”.",
    ]
    assert 'aria-disabled="true"' in page.text


def test_the_registers_own_department_is_the_first_choice(run, client, register):
    field = client.get(page_of(run)).context["form"]["default_department"].field
    assert field.choices[1] == ("OPS", "Service operations")
    assert register.department.code == "OPS"


def test_the_answer_is_used_and_named(run, client, risk_manager):
    page = client.get(page_of(run))
    answers = {"category": "management", "department": "TECH", "source": "survey"}
    post(client, run, filled(page) | {f"default_{name}": one for name, one in answers.items()})
    page = client.get(page_of(run))
    assert messages_of(page) == [
        "Category: Management risk by default, “Legal” is kept as text.",
        "The department “不存在部” is not known here: Technical and installation is used.",
        (
            "Source: Satisfaction survey by default, “a dream” is kept as text. "
            "The department “另一个部” is not known here: Technical and installation is used."
        ),
    ]
    settled = preview_run(run).settled
    assert [settled[row].department.code for row in (2, 3, 4)] == ["OPS", "TECH", "TECH"]
    assert Risk.objects.count() == 0


def test_a_department_that_one_does_not_keep_is_named(register, ops, clean, tech, sign_in):
    manager = make_user("ops.manager", "运营风险员", "risk_manager", ops)
    run = uploaded([NAMED[0], ["Gas leak", "technical", "tech", "audit"]], by=manager)
    page = sign_in(manager).get(page_of(run))
    assert messages_of(page)[0].endswith(
        "You do not keep the register of the department Technical and installation."
    )


def test_the_command_takes_what_the_mapping_says_else_the_registers_own(register, tech):
    def departments(mapping):
        settled = preview_run(uploaded(NAMED, by=None, mapping=mapping)).settled
        return [each.department.code for each in settled.values()]

    assert departments({}) == ["OPS", "OPS", "OPS"]
    assert departments({"defaults": {"department": "tech"}}) == ["OPS", "TECH", "TECH"]
