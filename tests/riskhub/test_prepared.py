import pytest
from django.db.models import BigIntegerField, F, Q, TextField
from django.db.models.lookups import StartsWith

from riskhub.accounts.models import Department
from riskhub.prepared import Given, Prepared

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
