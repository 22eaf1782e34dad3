"""By whom and about which object: how the log is searched."""

import pytest

from registers.services import close_risk
from riskhub.accounts.models import Department, Token
from riskhub.audit.context import acting
from tests.builders import make_risk
from tests.riskhub.oversight.test_event_list import URL, codes_at, events_at, reader, risk

__all__ = ["reader", "risk"]


class TestWhoDidIt:
    """By the name of today or of then, by the sign-in name, and what nobody did."""

    def test_by_part_of_the_name_in_whatever_case(self, reader, risk, second_manager):
        second_manager.display_name = "Li Qiang"
        second_manager.save(update_fields=["display_name"])
        close_risk(risk, by=second_manager, reason="停")
        second_manager.display_name = "李强"
        second_manager.save(update_fields=["display_name"])
        for words in ("qiang", "李强", "second.manager"):
            found = events_at(reader, actor=words, object_type="registers_risk")
            assert found == [("risk.closed", risk.code)]
        assert events_at(reader, actor="second", object_type="registers_risk") == []

    def test_the_product_itself_by_its_word(self, reader, ops):
        with acting(None, "department.renamed"):
            ops.save()
            Department.objects.filter(pk=ops.pk).update(name_en="x")
        found = events_at(reader, actor="系统", action="", object_type="accounts_department")
        assert ("department.renamed", "OPS") in found
        assert events_at(reader, actor="统统") == []

    def test_somebody_in_the_database(self, reader, ops):
        Department.objects.filter(pk=ops.pk).update(name_en="past the product")
        page = reader.get(URL, {"actor": "database role"})
        (group,) = page.context["page"].groups
        assert group.told[0].event.after == {"name_en": "past the product"}
        assert group.actor not in ("系统", group.newest.actor_name)


class TestWhichObject:
    def test_a_code_is_whole_and_in_whatever_case(self, reader, register, risk_manager):
        for _n in range(2):
            make_risk(register, by=risk_manager)
        assert codes_at(reader, q="r001") == {"R001"}

    @pytest.mark.parametrize(
        ("words", "name"),
        [
            ("家庭", "家庭保洁组"),
            ("保洁组", "家庭保洁组"),
            ("hou", "House cleaning"),
            ("CLEANING H", "House cleaning"),
            ("cleaning house", "House cleaning"),
        ],
    )
    def test_a_name_by_its_beginning_or_by_words_in_it(self, reader, outsider, words, name):
        for number, each in enumerate(("家庭保洁组", "House cleaning", "other")):
            Token.objects.create(user=outsider, name=each, token_hash=str(number))
        assert {label for _a, label in events_at(reader, q=words)} == {name}

    @pytest.mark.parametrize("words", ["R1", "腐蚀", "台面", "001"])
    def test_a_risk_by_its_number_however_written_or_by_its_words(
        self, reader, risk, register, risk_manager, words
    ):
        make_risk(register, by=risk_manager, title="别的")
        query = {"object_type": "registers_risk", "q": words}
        assert events_at(reader, **query) == [("risk.created", "R001")]

    def test_another_departments_words_find_nothing(
        self, sign_in, head_repair, register, risk_manager, clean
    ):
        make_risk(register, by=risk_manager, department=clean, title="台面腐蚀")
        assert events_at(sign_in(head_repair), q="腐蚀") == []

    def test_one_row_of_one_kind(self, reader, register, risk_manager):
        one, _other = (make_risk(register, by=risk_manager) for _n in range(2))
        query = {"object_type": "registers_risk", "row": one.pk}
        assert {label for _a, label in events_at(reader, **query)} == {"R001"}
