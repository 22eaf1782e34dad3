from django import forms

from riskhub.accounts.models import Department
from riskhub.web.conflicts import conflict_of, in_words
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
