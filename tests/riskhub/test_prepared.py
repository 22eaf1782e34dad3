import pytest
from django.db.models import BigIntegerField, F, Q, TextField
from django.db.models.lookups import StartsWith

from riskhub.accounts.models import Department
from riskhub.prepared import Given, Prepared, ask

pytestmark = pytest.mark.django_db


def by_key_or_code():
    key, code = Given("key", BigIntegerField()), Given("code", TextField())
    return Department.objects.filter(Q(pk=key) | Q(code=code)).order_by("code").values_list("code")


def test_each_asking_brings_its_own_values(clean, ops):
    asked = Prepared(by_key_or_code)
    assert asked.rows(key=clean.pk, code="") == [("CLEAN",)]
    assert asked.rows(key=clean.pk, code="OPS") == [("CLEAN",), ("OPS",)]
    assert asked.rows(key=None, code=None) == []


def test_a_value_is_never_read_as_sql(clean):
    assert Prepared(by_key_or_code).rows(key=None, code="' OR '' = '%s") == []


def test_it_is_composed_once():
    built = []

    def build():
        built.append(True)
        return by_key_or_code()

    asked = Prepared(build)
    assert built == []
    for _n in range(3):
        asked.rows(key=1, code="A")
    assert built == [True]


def test_a_value_stands_on_either_side_of_a_comparison(clean, ops):
    path = Given("path", TextField())
    above = Prepared(
        lambda: (
            Department.objects.filter(StartsWith(path, F("path")))
            .order_by("path")
            .values_list("code")
        )
    )
    assert above.rows(path=clean.path) == [("OPS",), ("CLEAN",)]


def test_a_missing_value_is_an_error_and_not_a_null():
    with pytest.raises(KeyError):
        Prepared(by_key_or_code).rows(key=1)


def test_whole_rows_are_read_as_instances(clean, ops):
    asked = Prepared(lambda: Department.objects.filter(pk=Given("key", BigIntegerField())))
    (found,) = asked.instances(key=clean.pk)
    assert (found, found.code, found.parent) == (clean, "CLEAN", ops)
    found.name_en = "Cleaning"
    found.save()
    assert Department.objects.get(pk=clean.pk).name_en == "Cleaning"


def test_several_are_sent_in_one_message_and_each_sees_what_was_done_before(
    ops, django_assert_num_queries
):
    named = ("SELECT name_en FROM accounts_department WHERE id = %s", [ops.pk])
    renamed = ("UPDATE accounts_department SET name_en = %s WHERE id = %s", ["100 % new", ops.pk])
    with django_assert_num_queries(1):
        found = ask(named, renamed, named)
    assert found == [[("Service operations",)], [], [("100 % new",)]]
