"""An entry more in a list, offered at once; the three categories stay three."""

import pytest

from registers.models import RiskArea, RiskCategory, ServiceLine
from tests.registers.audit import Trail

URL = "/settings/taxonomy/line/new/"
FIELDS = {"code": "Windows", "name_zh": "擦窗", "name_en": "Windows", "importance": "5"}


def test_it_stands_last_and_is_offered_at_once(manager, register):
    trail = Trail()
    assert manager.post(URL, FIELDS)["Location"] == "/settings/taxonomy/"
    line = ServiceLine.objects.last()
    assert (line.code, line.importance, line.is_active) == ("windows", 5, True)
    assert trail.events() == [("term.created", "registers_serviceline", "insert")]
    offered = manager.get("/risks/new/").context["form"].fields["service_lines"].queryset
    assert line in offered
    assert line in manager.get("/registers/new/").context["form"].fields["service_line"].queryset


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"code": "REPAIR"}, "code"),
        ({"code": "a b"}, "code"),
        ({"name_zh": ""}, "name_zh"),
        ({"name_zh": "家电与 管道维修"}, "name_zh"),
        ({"name_en": "APPLIANCE and plumbing repair"}, "name_en"),
        ({"importance": "6"}, "importance"),
        ({"importance": "0"}, "importance"),
    ],
)
def test_what_cannot_be(manager, part, changed, field):
    response = part(manager, URL, "term-form", FIELDS | changed)
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])


@pytest.mark.parametrize("code", ["Ab-c.d", "a_b", "1"])
def test_what_the_hint_allows_is_taken(manager, code):
    assert manager.post(URL, FIELDS | {"code": code}).status_code == 302
    assert ServiceLine.objects.last().code == code.lower()


@pytest.mark.parametrize("code", ["a b", "a/b", "a:b", "a@b"])
def test_the_refusal_of_a_code_says_what_the_hint_says(manager, risk_manager, code):
    risk_manager.locale = "en"
    risk_manager.save(update_fields=["locale"])
    form = manager.post(URL, FIELDS | {"code": code}).context["form"]
    (said,) = form.errors["code"]
    assert said == "Letters, digits and . - _ only."
    assert str(form.fields["code"].help_text).startswith(said[:-1])


def test_the_refusal_names_the_entry_that_bears_the_name(manager):
    response = manager.post(URL, FIELDS | {"name_zh": "家电与管道维修"})
    assert "repair" in str(response.context["form"].errors["name_zh"])
    assert ServiceLine.objects.filter(code="windows").count() == 0


def test_a_name_of_another_list_or_of_what_is_off_is_free(manager):
    ServiceLine.objects.filter(code="repair").update(is_active=False)
    other = RiskArea.objects.first()
    for code, name in (("a", "家电与管道维修"), ("b", other.name_zh)):
        sent = FIELDS | {"code": code, "name_zh": name, "name_en": ""}
        assert manager.post(URL, sent).status_code == 302


def test_there_are_exactly_three_categories(manager):
    assert manager.post("/settings/taxonomy/category/new/", FIELDS).status_code == 404
    assert RiskCategory.objects.count() == 3
