"""The columns as a migration and as a validator see them."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from riskhub.entry.columns import Code, Day, Line, Prose
from riskhub.entry.days import PLANNED


@pytest.mark.parametrize(
    ("column", "kind"),
    [
        (Line(max_length=9), "CharField"),
        (Prose(), "TextField"),
        (Code(max_length=9), "CharField"),
        (Day(span=PLANNED), "DateField"),
    ],
)
def test_to_a_migration_they_are_djangos_own(column, kind):
    _name, path, _args, kwargs = column.deconstruct()
    assert (path, "span" in kwargs) == (f"django.db.models.{kind}", False)


@pytest.mark.parametrize(("column", "said"), [(Prose(), None), (Prose(max_length=50), 50)])
def test_to_a_migration_only_an_unusual_length_is_the_columns(column, said):
    assert column.deconstruct()[3].get("max_length") == said


def test_a_day_outside_its_span_is_refused_by_the_column():
    with pytest.raises(ValidationError, match="2000年1月1日"):
        Day(span=PLANNED).run_validators(date(1899, 1, 1))
    Day(span=PLANNED).run_validators(date(2026, 1, 1))
    Day(span=PLANNED, null=True).run_validators(None)
    Day().run_validators(date(1, 1, 1))
