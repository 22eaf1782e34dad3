"""Templates of replies: kept, changed, and those to begin with."""

import pytest
from django.core.exceptions import ValidationError

from incidents.models import ReplyTemplate
from incidents.replies.filling import begun_with, replies_for
from incidents.replies.querysets import ReplyQuerySet
from incidents.services.replies import add_reply, edit_reply, load_replies
from riskhub.audit.versions import StaleVersion
from riskhub.company.services import set_preference
from tests.incidents.complaining import make_complaint
from tests.registers.audit import Trail

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def none_offered(service):
    """But those that a test makes."""
    for reply in ReplyTemplate.objects.all():
        edit_reply(reply, by=service, version=None, is_active=False)


def make_reply(by, **fields):
    words = {"name_zh": "收到", "text_zh": "{number} 已收到", "text_en": "{number} is here"}
    return add_reply(by=by, **(words | fields))


def test_it_is_put_at_the_end_of_the_list(service):
    trail = Trail()
    first, second = make_reply(service), make_reply(service)
    assert [*ReplyTemplate.objects.all()][-2:] == [first, second]
    assert ("reply.added", "incidents_replytemplate", "insert") in trail.events()


def test_both_languages_say_something(service):
    for missing in ("text_zh", "text_en", "name_zh"):
        with pytest.raises(ValidationError):
            make_reply(service, **{missing: " "})


def test_a_stale_version_changes_nothing(service):
    reply = make_reply(service)
    edit_reply(reply, by=service, version=1, name_zh="已收到")
    with pytest.raises(StaleVersion):
        edit_reply(reply, by=service, version=1, name_zh="好")
    reply.refresh_from_db()
    assert reply.name_zh == "已收到"


def test_what_is_not_offered_is_in_no_list(service):
    make_reply(service, is_active=False)
    assert replies_for(make_complaint()) == []


def test_the_text_is_in_the_language_of_the_customer_with_number_and_company(service, admin):
    set_preference("company_name_zh", "和顺", by=admin)
    make_reply(service, text_zh="{公司}:{编号} 在办 {x}")
    complaint = make_complaint()
    assert replies_for(complaint)[0].text == f"和顺:{complaint.code} 在办 {{x}}"
    complaint.lang = "en"
    assert replies_for(complaint)[0].text == f"{complaint.code} is here"


def test_a_form_begins_with_the_one_that_was_chosen(service):
    make_reply(service)
    (reply,) = replies_for(complaint := make_complaint())
    assert begun_with(str(reply.pk), [reply]) == {"text": f"{complaint.code} 已收到"}
    assert begun_with(None, [reply]) == begun_with("no", [reply]) == {}


def test_those_to_begin_with_come_where_there_are_none_and_not_over_own_ones(monkeypatch):
    assert load_replies(by=None) == 0
    monkeypatch.setattr(ReplyQuerySet, "exists", lambda _self: False)
    count = ReplyTemplate.objects.count()
    assert (load_replies(by=None), ReplyTemplate.objects.count()) == (6, count + 6)
