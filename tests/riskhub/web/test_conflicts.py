from datetime import date

import pytest
from django import forms
from django.http import QueryDict

from riskhub.accounts.models import Department
from riskhub.web.conflicts import conflict_between, conflict_of, in_words, remember_opened
from tests.riskhub.web.pages import NameForm


def test_both_texts_and_the_new_version(manager):
    old = Department.objects.create(code="A", name_zh="运营部", path="/1/")
    new = Department.objects.create(code="B", name_zh="照护部", path="/2/")
    manager.display_name, manager.department, manager.row_version = "陈静（新）", old, 8
    data = {
        "p-display_name": "陈小静",
        "p-phone": "",
        "p-department": new.pk,
        "p-row_version": 7,
    }
    form = NameForm(data, prefix="p")
    assert form.is_valid()
    conflict = conflict_of(form, manager)
    assert [(d.stored, d.typed, d.anchor) for d in conflict.differences] == [
        ("陈静（新）", "陈小静", "id_p-display_name"),
        ("运营部", "照护部", "id_p-department"),
    ]
    assert 'name="p-row_version" value="8"' in str(conflict.form)
    assert 'value="陈小静"' in str(conflict.form)


def test_nothing_differs(manager):
    manager.row_version = 3
    form = NameForm({"display_name": "陈静", "phone": "", "department": "", "row_version": 1})
    assert conflict_of(form, manager).differences == []


def test_words_of_choices_grouped_ones_too():
    field = forms.ChoiceField(choices=[("", "无"), ("部门", [("1", "运营部"), ("2", "照护部")])])
    assert in_words(field, "2") == "照护部"
    assert in_words(field, ["1", "2"]) == "运营部, 照护部"
    assert in_words(forms.CharField(), "原文") == "原文"
    assert in_words(field, "") == ""


class TestThreeTexts:
    """What the form opened with says which fields the user touched."""

    @pytest.fixture
    def opened(self, manager):
        """What a browser sends back untouched from a form opened now."""
        form = NameForm(instance=manager, initial={"row_version": 1})
        return {name: form[name].value() or "" for name in form.fields}

    def stored(self, manager, **fields):
        for name, value in fields.items():
            setattr(manager, name, value)
        manager.row_version = 2
        return manager

    def test_a_field_not_touched_takes_over_what_is_stored(self, opened, manager):
        form = NameForm(opened | {"phone": "021 5555"})
        conflict = conflict_of(form, self.stored(manager, display_name="陈静（新）"))
        assert conflict.differences == []
        assert [(d.label, d.stored) for d in conflict.taken] == [
            (str(form["display_name"].label), "陈静（新）")
        ]
        assert (form["display_name"].value(), form["phone"].value()) == ("陈静（新）", "021 5555")

    def test_a_field_that_both_changed_is_for_the_user(self, opened, manager):
        form = NameForm(opened | {"display_name": "陈小静"})
        conflict = conflict_of(form, self.stored(manager, display_name="陈静（新）"))
        assert [(d.stored, d.typed) for d in conflict.differences] == [("陈静（新）", "陈小静")]
        assert (conflict.taken, form["display_name"].value()) == ([], "陈小静")

    def test_both_wrote_the_same(self, opened, manager):
        form = NameForm(opened | {"display_name": "陈静（新） "})
        conflict = conflict_of(form, self.stored(manager, display_name="陈静（新）"))
        assert (conflict.differences, conflict.taken) == ([], [])

    def test_a_choice_that_was_emptied(self, opened, manager):
        own = Department.objects.create(code="A", name_zh="运营部", path="/1/")
        manager.department = own
        opened["opened"] = NameForm(instance=manager)["opened"].value()
        form = NameForm(opened | {"department": own.pk, "phone": "1"})
        conflict = conflict_of(form, self.stored(manager, department=None))
        assert [d.typed for d in conflict.taken] == ["运营部"]
        assert form["department"].value() == ""

    def test_the_next_conflict_is_judged_by_what_the_form_holds_now(self, opened, manager):
        form = NameForm(opened | {"phone": "021 5555"})
        conflict_of(form, self.stored(manager, display_name="陈静（新）"))
        again = NameForm(form.data)
        conflict = conflict_of(again, self.stored(manager, display_name="第三版"))
        assert [d.stored for d in conflict.taken] == ["第三版"]

    @pytest.mark.parametrize("sent", ["", "x", "[1]", "[" * 100_000, "{}", "null"])
    def test_without_it_every_difference_is_for_the_user(self, sent, opened, manager):
        form = NameForm(opened | {"opened": sent})
        conflict = conflict_of(form, self.stored(manager, display_name="陈静（新）"))
        assert [(d.stored, d.typed) for d in conflict.differences] == [("陈静（新）", "陈静")]
        assert conflict.taken == []


def test_several_and_ticks_are_compared_as_the_browser_sends_them():
    class Both(forms.Form):
        kinds = forms.MultipleChoiceField(choices=[("a", "甲"), ("b", "乙")], required=False)
        is_open = forms.BooleanField(required=False)
        on = forms.DateField(required=False)
        text = forms.CharField(required=False)
        row_version = forms.IntegerField()

        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            remember_opened(self)

    first = {"kinds": ["b", "a"], "is_open": True, "on": date(2026, 5, 6), "text": "一\n二"}
    form = Both(initial=first)
    sent = QueryDict(mutable=True)
    sent.update({"is_open": "on", "on": "2026-05-06", "text": "一\r\n二", "row_version": "1"})
    sent.setlist("kinds", ["a", "b"])
    sent["opened"] = form["opened"].value()
    form = Both(sent)
    stored = {"kinds": ["b"], "is_open": False, "on": None, "text": "三"}
    conflict = conflict_between(form, stored, 2)
    assert (conflict.differences, [d.label for d in conflict.taken]) == (
        [], ["Kinds", "Is open", "On", "Text"],
    )  # fmt: skip
    assert [form[name].value() for name in stored] == [["b"], False, "", "三"]
    form = Both(form.data)
    conflict_between(form, first, 3)
    assert [form[name].value() for name in first] == [["a", "b"], True, "2026-05-06", "一\n二"]
