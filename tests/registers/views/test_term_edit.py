"""Names in both languages; switched off, an entry is offered no more and stays on old risks."""

from registers.models import RiskArea, RiskCategory, RiskSource, ServiceLine
from registers.services import edit_term
from tests.builders import make_risk
from tests.registers.audit import Trail

URL = "/settings/taxonomy/line:repair/edit/"
VALUES = {
    "name_zh": "家电与管道维修", "name_en": "Appliance and plumbing repair", "importance": "4",
    "is_active": "on", "row_version": "1",
}  # fmt: skip


def test_what_was_changed_and_nothing_else(manager, risk):
    trail = Trail()
    response = manager.post(URL, VALUES | {"name_en": "Repairs", "code": "x"})
    assert response["Location"] == "/settings/taxonomy/"
    event = trail.only("registers_serviceline")
    assert (event.action, event.after) == ("term.edited", {"name_en": "Repairs", "row_version": 2})


def test_a_stale_version_shows_both_texts(manager, risk_manager, part):
    line = ServiceLine.objects.get(code="repair")
    edit_term(line, by=risk_manager, version=1, name_zh="维修")
    response = part(manager, URL, "term-form", VALUES | {"name_zh": "修理"})
    page = response.content.decode()
    assert response.status_code == 409
    assert 'value="修理"' in page
    assert "维修" in page
    assert ServiceLine.objects.get(code="repair").name_zh == "维修"


def test_the_name_of_another_entry_is_refused_unless_it_was_shared_before(manager):
    other = ServiceLine.objects.exclude(code="repair").first()
    response = manager.post(URL, VALUES | {"name_zh": f" {other.name_zh}"})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["name_zh"])
    assert other.code in str(response.context["form"].errors)
    ServiceLine.objects.filter(code="repair").update(name_zh=other.name_zh)
    sent = VALUES | {"name_zh": other.name_zh, "name_en": "Repairs"}
    assert manager.post(URL, sent).status_code == 302
    assert ServiceLine.objects.get(code="repair").name_en == "Repairs"


def test_switched_on_again_it_needs_a_name_of_its_own(manager):
    other = ServiceLine.objects.exclude(code="repair").first()
    ServiceLine.objects.filter(code="repair").update(is_active=False, name_zh=other.name_zh)
    sent = VALUES | {"name_zh": other.name_zh}
    response = manager.post(URL, sent)
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["name_zh"])
    off = {name: value for name, value in sent.items() if name != "is_active"}
    assert manager.post(URL, off | {"name_en": "Repairs"}).status_code == 302


def test_switched_off_it_stays_on_old_risks(manager, register, risk_manager):
    line, source = ServiceLine.objects.get(code="repair"), RiskSource.objects.get(code="audit")
    area = RiskArea.objects.get(code="property")
    risk = make_risk(register, by=risk_manager, service_lines=[line], sources=[source], area=area)
    for term in (line, source, area):
        edit_term(term, by=risk_manager, version=None, is_active=False)
    new = manager.get("/risks/new/").context["form"].fields
    assert line not in new["service_lines"].queryset
    assert source not in new["sources"].queryset
    assert area not in new["area"].queryset
    form = manager.get(f"/risks/R{risk.number:03d}/edit/").context["form"]
    values = {name: form[name].value() or "" for name in form.fields}
    assert (
        manager.post(f"/risks/R{risk.number:03d}/edit/", values | {"title": "改名"}).status_code
        == 302
    )
    risk.refresh_from_db()
    assert risk.title == "改名"
    assert list(risk.service_lines.all()) == [line]
    assert source in risk.sources.all()
    assert risk.area == area


def test_a_category_has_names_and_help_alone(manager):
    page = manager.get("/settings/taxonomy/category:technical/edit/")
    assert set(page.context["form"].fields) == {
        "name_zh", "name_en", "help_zh", "help_en", "row_version", "opened",
    }  # fmt: skip
    sent = {"name_zh": "技术类", "name_en": "", "help_zh": "", "help_en": "", "row_version": "1"}
    assert manager.post("/settings/taxonomy/category:technical/edit/", sent).status_code == 302
    category = RiskCategory.objects.get(code="technical")
    assert (category.name_zh, category.is_active) == ("技术类", True)
