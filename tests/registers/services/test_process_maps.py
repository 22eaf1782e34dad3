"""The steps of the service come from the library, and risks live at them."""

from registers.models import LibraryRisk, NodeRisk, ProcessMap, ProcessNode
from registers.services import adopt_risks, merge_risk
from registers.services.process_maps import load_process_maps
from tests.builders import make_risk


def pins_of(risk):
    return set(NodeRisk.objects.filter(risk=risk).values_list("map__code", "node_key"))


def adopt(code, *, by, register):
    return adopt_risks([LibraryRisk.objects.get(code=code)], by=by, register=register)[0]


def test_every_step_has_its_place_its_department_what_comes_in_and_what_goes_out(db):
    assert ProcessMap.objects.count() == 6
    nodes = ProcessNode.objects.in_order()
    assert len(nodes) == 46
    assert not [n for n in nodes if not (n.department and n.input and n.output and n.name_en)]
    intake = nodes[0]
    assert (intake.map.code, intake.key, intake.name, intake.department.code) == (
        "PM-01", "intake", "受理下单", "CS",
    )  # fmt: skip
    assert [n.key for n in nodes if n.is_support] == ["staffing", "system"]
    assert (intake.map.service_line.code, ProcessMap.objects.get(code="PM-03").service_line.code) == (
        "all", "install",
    )  # fmt: skip


def test_loading_again_changes_nothing_and_what_the_company_wrote_stays(db):
    ProcessNode.objects.filter(key="intake").update(name_zh="接单")
    ProcessNode.objects.filter(key="quote").update(key="offer_of_ours")
    assert load_process_maps(by=None) == 1
    assert load_process_maps(by=None) == 0
    assert ProcessNode.objects.get(key="intake").name == "接单"


def test_an_adopted_risk_is_pinned_where_the_library_sees_it(register, risk_manager):
    risk = adopt("LIB-047", by=risk_manager, register=register)
    assert pins_of(risk) == {("PM-01", "survey"), ("PM-03", "site")}


def test_a_risk_that_was_adopted_before_is_pinned_when_its_step_is_loaded(register, risk_manager):
    ProcessNode.objects.filter(map__code="PM-03", key="site").update(key="ours")
    risk = adopt("LIB-047", by=risk_manager, register=register)
    assert pins_of(risk) == {("PM-01", "survey")}
    assert load_process_maps(by=None) == 1
    assert pins_of(risk) == {("PM-01", "survey"), ("PM-03", "site")}


def test_a_pin_that_the_company_moved_does_not_come_back_with_the_next_version(
    register, risk_manager
):
    risk = adopt("LIB-047", by=risk_manager, register=register)
    NodeRisk.objects.filter(node_key="site").update(node_key="test")
    load_process_maps(by=None)
    assert pins_of(risk) == {("PM-01", "survey"), ("PM-03", "test")}


def test_a_merged_risk_leaves_its_places_to_the_survivor(register, risk_manager):
    risk = adopt("LIB-047", by=risk_manager, register=register)
    survivor = make_risk(register, by=risk_manager, title="隐患漏报")
    merge_risk(risk, into=survivor, by=risk_manager, reason="同一件事")
    assert pins_of(survivor) == {("PM-01", "survey"), ("PM-03", "site")}


def test_a_pin_is_seen_by_who_sees_its_risk(register, risk_manager, staff_cleaning, tech):
    seen = make_risk(register, by=risk_manager, department=staff_cleaning.department)
    hidden = make_risk(register, by=risk_manager, department=tech)
    node = ProcessNode.objects.get(map__code="PM-01", key="intake")
    for risk in (seen, hidden):
        NodeRisk.objects.create(map=node.map, node_key=node.key, risk=risk)
    assert {pin.risk for pin in NodeRisk.objects.at([node])} == {seen, hidden}
    assert {pin.risk for pin in NodeRisk.objects.visible_to(staff_cleaning)} == {seen}
    other = ProcessNode.objects.get(map__code="PM-01", key="quote")
    assert not NodeRisk.objects.at([other])
