"""A new template of a reply."""

import pytest

from incidents.models import ReplyTemplate

pytestmark = pytest.mark.django_db

URL = "/settings/replies/new/"
VALUES = {
    "name_zh": "上门时间", "name_en": "When", "text_zh": "几点方便?", "text_en": "When?",
    "is_active": "on",
}  # fmt: skip


def test_it_is_the_last_of_the_list(sign_in, service):
    answer = sign_in(service).post(URL, VALUES)
    assert (answer.status_code, answer["Location"]) == (302, "/settings/replies/")
    assert ReplyTemplate.objects.last().name_zh == "上门时间"


def test_one_language_is_not_enough_and_nothing_is_lost(sign_in, service):
    count = ReplyTemplate.objects.count()
    page = sign_in(service).post(URL, VALUES | {"text_en": " "})
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["text_en"])
    assert "几点方便?" in page.text
    assert ReplyTemplate.objects.count() == count


def test_not_by_whoever_only_handles_those_of_a_department(sign_in, head_cleaning, auditor):
    for user in (head_cleaning, auditor):
        assert sign_in(user).post(URL, VALUES).status_code == 403
