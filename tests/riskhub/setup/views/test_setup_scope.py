"""Services and size."""

import pytest

from registers.models import ServiceLine
from riskhub.company.preferences import preference

URL = "/setup/scope/"


@pytest.fixture
def fields(db):
    line = ServiceLine.objects.first()
    return {"lines": [str(line.pk)], "orders": "1200", "revenue": "3000000"}


def test_saved_and_on(as_founder, fields):
    assert as_founder.get(URL).status_code == 200
    assert as_founder.post(URL, fields)["Location"] == "/setup/matrix/"
    assert ServiceLine.objects.filter(is_active=True).count() == 1
    assert preference("yearly_revenue") == 3_000_000


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"lines": []}, "lines"), ({"orders": "0"}, "orders"), ({"revenue": "5"}, "revenue"),
     ({"revenue": "x"}, "revenue")],
)  # fmt: skip
def test_a_refusal_names_the_field(as_founder, part, fields, changed, field):
    response = part(as_founder, URL, "setup-form", fields | changed)
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("value", ["", "0", "x", "1.5", "999999999999999"])
def test_a_wrong_number_is_told_in_our_own_words(as_founder, founder, fields, language, value):
    founder.locale = language
    founder.save()
    sent = fields | {"orders": value, "revenue": value}
    errors = as_founder.post(URL, sent).context["form"].errors
    begins = {"zh-hans": "填 ", "en": "Write a whole number "}[language]
    for name in ("orders", "revenue"):
        (sentence,) = errors[name]
        assert sentence.startswith(begins)


def test_a_service_is_not_switched_on_beside_one_of_its_name(as_founder, part, fields):
    """What is switched off in the same step gives its name free."""
    first, second = ServiceLine.objects.order_by("pk")[:2]
    ServiceLine.objects.filter(pk=first.pk).update(name_zh=second.name_zh, is_active=False)
    both = fields | {"lines": [first.pk, second.pk]}
    response = part(as_founder, URL, "setup-form", both)
    assert response.status_code == 422
    assert second.code in str(response.context["form"].errors)
    assert as_founder.post(URL, fields | {"lines": [first.pk]}).status_code == 302
    assert list(ServiceLine.objects.filter(is_active=True)) == [first]


def test_back_keeps_what_was_chosen(as_founder, fields):
    assert as_founder.post(URL, fields | {"go": "back"})["Location"] == "/setup/people/"
    form = as_founder.get(URL).context["form"]
    assert (form["lines"].value(), form["orders"].value()) == (fields["lines"], "1200")
