import re
from datetime import date, datetime, time

import pytest
from django import forms

from tests.riskhub.web.pages import PartForm


def attributes(html, name):
    tag = re.search(rf'<(?:input|select|textarea)[^>]*name="{name}"[^>]*>', html).group()
    return dict(re.findall(r'([\w-]+)="([^"]*)"', tag))


@pytest.fixture
def html():
    return str(PartForm())


@pytest.mark.parametrize(
    ("name", "css"),
    [
        ("title", "form-control"),
        ("text", "form-control"),
        ("due_on", "form-control"),
        ("level", "form-select"),
        ("is_public", "form-check-input"),
        ("photo", "form-control"),
    ],
)
def test_widgets_get_their_classes_in_one_place(html, name, css):
    assert attributes(html, name)["class"] == css


def test_hidden_fields_get_none(html):
    assert "class" not in attributes(html, "row_version")


def test_an_own_class_is_kept():
    class Own(forms.Form):
        code = forms.CharField(widget=forms.TextInput(attrs={"class": "rh-code"}))

    assert attributes(str(Own()), "code")["class"] == "form-control rh-code"


def test_dates_are_native_and_iso():
    form = PartForm(initial={"due_on": date(2026, 9, 4)})
    found = attributes(str(form), "due_on")
    assert (found["type"], found["value"]) == ("date", "2026-09-04")


def test_label_hint_and_error_belong_to_the_field():
    html = str(PartForm({"cards": "1"}))
    found = attributes(html, "title")
    assert found["aria-describedby"] == "id_title_helptext id_title_error"
    assert found["aria-invalid"] == "true"
    assert 'id="id_title_helptext"' in html
    assert 'id="id_title_error"' in html
    assert '<label for="id_title">' in html


def test_required_is_said_in_words_where_some_are_optional():
    class Both(forms.Form):
        a = forms.CharField()
        b = forms.CharField()

    assert str(PartForm()).count("rh-required") == 2
    assert "rh-required" not in str(Both())


def test_required_is_said_where_a_form_asks_for_much():
    class Four(forms.Form):
        a = forms.CharField()
        b = forms.CharField()
        c = forms.CharField()
        d = forms.CharField()

    assert str(Four()).count("rh-required") == 4


def test_the_summary_counts_what_it_lists():
    form = PartForm({})
    form.add_error("title", ["One more.", "And another."])
    form.add_error(None, ["Of all.", "Of it all."])
    html = str(form)
    summary = html[html.index("rh-summary") : html.index("</ul>")]
    assert summary.count("<li>") == 6
    assert "有 6 处需要修改" in summary


def test_the_summary_links_to_what_takes_the_focus():
    html = str(PartForm({}))
    summary = html[html.index("rh-summary") : html.index("</ul>")]
    assert re.findall(r'href="#([^"]+)"', summary) == ["id_title", "id_cards_0"]


def test_errors_of_the_whole_form_stand_in_the_summary():
    form = PartForm({"title": "x", "cards": "1"})
    form.is_valid()
    form.add_error(None, "<b>两项</b>不能同时填。")
    assert "<li>&lt;b&gt;两项&lt;/b&gt;不能同时填。</li>" in str(form)


def test_groups_are_fieldsets_and_cards_have_a_sentence(html):
    assert html.count("<fieldset") == 3
    assert "<b>1 罕见</b>五年以上才可能一次" in html
    assert 'class="rh-choices rh-choices-3"' in html


def test_nothing_typed_is_markup():
    html = str(PartForm({"title": '"><script>x</script>', "text": "</textarea><script>"}))
    assert "<script" not in html


def test_formsets_are_rendered_alike():
    html = str(forms.formset_factory(PartForm, extra=2)())
    assert html.count('id="id_form-0-title"') == html.count('id="id_form-1-title"') == 1
    assert 'name="form-TOTAL_FORMS"' in html


def test_times_are_native_too():
    class Times(forms.Form):
        at = forms.DateTimeField()
        time = forms.TimeField()

    html = str(Times(initial={"at": datetime(2026, 9, 4, 8, 5), "time": time(8, 5)}))  # noqa: DTZ001 - a form's local time
    at, clock = attributes(html, "at"), attributes(html, "time")
    assert (at["type"], at["value"]) == ("datetime-local", "2026-09-04T08:05")
    assert (clock["type"], clock["value"]) == ("time", "08:05")
