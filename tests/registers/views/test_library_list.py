import pytest
from django.utils.translation import override

from registers.models import LibraryRisk, Risk, RiskControl
from registers.services import adopt_risks, create_register
from tests.controls import Controls, controls_of
from tests.registers.audit import Trail
from tests.registers.pages import links_of, main_of, messages_of

URL = "/library/"


def adopt(client, register, *codes, **kwargs):
    return client.post(URL, {"register": register.code, "entries": codes}, **kwargs)


def test_all_of_it_by_area_with_peoples_safety_first(manager, register):
    page = manager.get(URL)
    areas = page.context["areas"]
    assert sum(len(entries) for _area, entries in areas) == 48
    assert [area for area, _entries in areas][:2] == ["服务人员安全", "客户与被照护者安全"]
    words = main_of(page)
    assert "高处作业坠落" in words
    assert "2, 5" in words


@pytest.mark.parametrize(
    ("text", "codes"),
    [("高处作业", ["LIB-001"]), ("FALL FROM", ["LIB-001"]), ("LIB-048", ["LIB-048"]), ("没有", [])],
)
def test_found_in_either_language(manager, register, text, codes):
    areas = manager.get(URL, {"q": text}).context["areas"]
    assert [entry.code for _area, entries in areas for entry, _origins in entries] == codes


def test_in_english(manager, register, risk_manager):
    risk_manager.locale = "en"
    risk_manager.save()
    assert "Fall from height" in main_of(manager.get(URL))


class TestAdopt:
    def test_many_at_once(self, manager, register):
        codes = list(LibraryRisk.objects.values_list("code", flat=True)[:10])
        trail = Trail()
        response = adopt(manager, register, *codes)
        assert (response.status_code, response["Location"]) == (302, "/risks/?register=SVC")
        assert list(Risk.objects.order_by("number").values_list("code", flat=True)) == [
            f"R{number:03}" for number in range(1, 11)
        ]
        assert set(Risk.objects.values_list("state", "residual_level")) == {("identified", None)}
        (said,) = messages_of(response)
        assert "10" in said
        assert {e.actor_name for e in trail.rows()} == {"陈静"}

    def test_what_is_there_is_said_and_not_doubled(self, manager, register, risk_manager):
        adopt_risks(LibraryRisk.objects.all()[:1], by=risk_manager, register=register)
        response = adopt(manager, register, "LIB-001", "LIB-002")
        assert Risk.objects.count() == 2
        (said,) = messages_of(response)
        assert said.count("1") == 2

    def test_one_is_not_many(self, manager, register, risk_manager):
        risk_manager.locale = "en"
        risk_manager.save(update_fields=["locale"])
        said = [messages_of(adopt(manager, register, *codes))[-1] for codes in (
            ["LIB-001"], ["LIB-001", "LIB-002"], ["LIB-001", "LIB-002", "LIB-003", "LIB-004"],
        )]  # fmt: skip
        name = register.name_en
        assert said == [
            f"1 risk adopted into {name}.",
            f"1 risk adopted into {name}. 1 was there already.",
            f"2 risks adopted into {name}. 2 were there already.",
        ]

    def test_nothing_ticked(self, manager, register, part):
        response = part(manager, URL, "library-form", {"register": register.code})
        body = response.content.decode()
        assert response.status_code == 422
        assert body.strip().startswith("<form")
        assert "rh-summary" in body

    def test_ticks_stay_when_the_register_is_refused(self, manager, register):
        response = manager.post(URL, {"register": "NOPE", "entries": ["LIB-003"]})
        assert response.status_code == 422
        assert 'value="LIB-003" checked' in response.content.decode()
        assert not Risk.objects.exists()

    def test_a_register_that_one_does_not_keep(
        self, sign_in, ops_manager, register, tech, risk_manager
    ):
        other = create_register(by=risk_manager, code="TECH", name_zh="技术", department=tech)
        client = sign_in(ops_manager)
        assert adopt(client, other, "LIB-001").status_code == 422
        assert adopt(client, register, "LIB-001").status_code == 302
        assert Risk.objects.get().register == register

    @pytest.mark.parametrize("who", ["head_cleaning", "staff_cleaning", "approver", "auditor"])
    def test_others_only_look(self, sign_in, request, register, who):
        client = sign_in(request.getfixturevalue(who))
        page = client.get(URL)
        assert page.status_code == 200
        assert controls_of(page) == ["form", "input", "button"]  # the search
        assert ("post", URL) not in Controls(page.content.decode()).actions
        assert adopt(client, register, "LIB-001").status_code == 403
        assert not Risk.objects.exists()


def test_adopted_ones_are_marked_for_whom_sees_them(
    manager, register, risk_manager, sign_in, head_repair, head_cleaning
):
    with override("zh-hans"):
        adopt_risks(LibraryRisk.objects.filter(code="LIB-001"), by=risk_manager, register=register)
    assert "/risks/R001/" in links_of(manager.get(URL))
    assert "/risks/R001/" in links_of(sign_in(head_cleaning).get(URL))
    assert "/risks/R001/" not in links_of(sign_in(head_repair).get(URL))


def test_the_register_of_the_address_is_chosen(manager, register, risk_manager, ops):
    create_register(by=risk_manager, code="B", name_zh="乙", department=ops)
    assert 'value="SVC" selected' in manager.get(f"{URL}?register=SVC").content.decode()


def test_without_a_register_one_is_led_to_make_it(manager):
    assert "/registers/new/" in links_of(manager.get(URL))


def test_the_queries_do_not_grow(manager, register, risk_manager, queries):
    few = queries(manager, URL)
    adopt_risks(LibraryRisk.objects.all()[:20], by=risk_manager, register=register)
    assert queries(manager, URL) == few


def test_wrong_method(manager):
    assert manager.put(URL).status_code == 405


@pytest.mark.parametrize(("sent", "planned"), [({"with_controls": "on"}, 5), ({}, 0)])
def test_the_controls_that_the_library_names_come_along_if_wanted(register, manager, sent, planned):
    assert manager.get(URL).context["form"]["with_controls"].initial is True
    manager.post(URL, {"register": "SVC", "entries": ["LIB-001"]} | sent)
    links = RiskControl.objects.filter(control__state="draft")
    assert links.count() == planned
