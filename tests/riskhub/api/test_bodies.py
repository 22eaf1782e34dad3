"""Whatever a program may write comes in by the fields that know what may be entered."""

import pytest
from rest_framework import serializers

from riskhub.api import urls
from riskhub.web.api.fields import Body

assert urls  # so that every body is there


def bodies(kind=Body):
    for below in kind.__subclasses__():
        yield below
        yield from bodies(below)


@pytest.mark.parametrize("body", sorted(set(bodies()), key=str), ids=lambda body: body.__name__)
def test_no_text_and_no_day_past_the_rules(body):
    plain = (serializers.CharField, serializers.DateField)
    fields = body().fields.items()
    assert [name for name, field in fields if type(field) in plain] == []
