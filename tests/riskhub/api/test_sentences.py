"""What a body answers for a field at fault: our words, what to do, in the language of the request."""

import pytest
from django.utils.translation import override
from rest_framework import serializers

from riskhub.api import urls
from riskhub.web.api.fields import Body
from tests.api_client import ApiClient, refusal

assert urls  # so that every body is there

RISK = {
    "register": "SVC", "title": "漏水", "event": "漏水", "category": "operational",
    "primary_source": "incident", "owner_department": "OPS",
}  # fmt: skip
FAULTS = [
    ({"title": ""}, "title", "Fill this in.", "填写此项。"),
    ({"title": None}, "title", "Fill this in.", "填写此项。"),
    ({"title": []}, "title", "Send a text.", "填文字。"),
    (
        {"title": "x" * 301},
        "title",
        "Write at most 300 characters; these are 301.",
        "最多 300 个字符，现在有 301 个。",
    ),
    (
        {"title": "漏\x00水"},
        "title",
        "Take out the characters that cannot be read.",
        "删去无法读取的字符。",
    ),
    ({"register": None}, "register", "Fill this in.", "填写此项。"),
    (
        {"business_importance": "high"},
        "business_importance",
        "Send a whole number, such as 3.",
        "填整数，例如 3。",
    ),
    ({"business_importance": 6}, "business_importance", "At most 5.", "不能大于 5。"),
    ({"business_importance": 0}, "business_importance", "At least 1.", "不能小于 1。"),
    (
        {"velocity": "soon"},
        "velocity",
        "Choose one of: instant, hours, days, weeks.",
        "从这些值中选一个：instant, hours, days, weeks。",
    ),
    (
        {"next_review_on": "soon"},
        "next_review_on",
        "Write the day as 2026-03-31.",
        "写成 2026-03-31 这样的日期。",
    ),
    ({"sources": "incident"}, "sources", "Send a list.", "发送一个列表。"),
    ({"sources": []}, "sources", "Name at least one.", "至少填一项。"),
    ({"sources": [""]}, "sources.0", "Fill this in.", "填写此项。"),
]


@pytest.mark.parametrize(("change", "field", "english", "chinese"), FAULTS)
@pytest.mark.usefixtures("register")
def test_a_field_at_fault_says_what_to_do(risk_manager, change, field, english, chinese):
    api = ApiClient(risk_manager)
    for language, sentence in (("en", english), ("zh", chinese)):
        answer = api.post("risks/", RISK | change, **{"Accept-Language": language})
        assert refusal(answer) == (400, "invalid", {field: [sentence]})


@pytest.mark.usefixtures("register")
def test_a_body_that_is_no_object(risk_manager):
    answer = ApiClient(risk_manager).post("risks/", ["漏水"])
    sentence = "Send an object with the fields in it."
    assert refusal(answer) == (400, "invalid", {"non_field_errors": [sentence]})


def bodies(kind=Body):
    for below in kind.__subclasses__():
        yield below
        yield from bodies(below)


def inside(field):
    yield field
    if isinstance(field, serializers.BaseSerializer):
        for inner in field.fields.values():
            yield from inside(inner)
    if isinstance(field, serializers.ListField):
        yield from inside(field.child)


FRAMEWORK = {
    "This field is required.", "This field may not be null.", "This field may not be blank.",
    "Not a valid string.", "A valid integer is required.", "String value too large.",
    "Ensure this field has no more than {max_length} characters.",
    "Ensure this value is less than or equal to {max_value}.",
    "Ensure this value is greater than or equal to {min_value}.",
    '"{input}" is not a valid choice.', "This list may not be empty.",
    'Expected a list of items but got type "{input_type}".',
    "This value does not match the required pattern.",
    "Date has wrong format. Use one of these formats instead: {format}.",
    "Expected a date but got a datetime.",
    "Invalid data. Expected a dictionary, but got {datatype}.",
}  # fmt: skip


@pytest.mark.parametrize("body", sorted(set(bodies()), key=str), ids=lambda body: body.__name__)
def test_no_sentence_of_the_framework(body):
    with override("en"):
        for field in inside(body()):
            said = {
                code: str(words)
                for code, words in field.error_messages.items()
                if str(words) in FRAMEWORK
            }
            assert said == {}, field
