"""A complaint is sorted: its kind, how fast it has to be answered, whose it is."""

import pytest

from incidents.models import ComplaintCategory
from incidents.services.handling import end_complaint
from tests.incidents.complaining import make_complaint
from tests.incidents.views.stepping import assert_done, assert_refused, stored, url_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def complaint(db):
    return make_complaint()


def body(complaint, **fields):
    kept = {
        "severity": complaint.severity_id, "row_version": complaint.row_version,
        "handler": complaint.handler_id or "", "department": complaint.department_id or "",
    }  # fmt: skip
    return kept | fields


def key(model, code):
    return model.objects.get(code=code).pk


def test_it_gets_category_department_and_handler(
    sign_in, complaint, service, second_service, clean
):
    kind = key(ComplaintCategory, "damage_water")
    sent = body(complaint, category=kind, department=clean.pk, handler=second_service.pk)
    assert_done(
        sign_in(service).post(url_of(complaint, "triage"), sent), complaint, "complaint.triaged"
    )
    now = stored(complaint)
    assert (now.category_id, now.department, now.handler) == (kind, clean, second_service)


def test_it_says_what_is_usual_for_the_category(sign_in, complaint, service):
    client = sign_in(service)
    sent = body(complaint, category=key(ComplaintCategory, "damage_water"))
    page = client.post(url_of(complaint, "triage"), sent, follow=True)
    assert "S2" in " ".join(str(one) for one in page.context["messages"])
    assert "S2" in client.get(url_of(complaint, "triage")).context["form"]["severity"].help_text


def test_saved_without_a_change_nothing_is_written(sign_in, complaint, service):
    sign_in(service).post(url_of(complaint, "triage"), body(complaint))
    assert stored(complaint).row_version == complaint.row_version


def test_nobody_gets_it_who_may_not_handle_it(sign_in, complaint, service, clean, head_repair):
    sent = body(complaint, department=clean.pk, handler=head_repair.pk)
    page = sign_in(service).post(url_of(complaint, "triage"), sent)
    assert (page.status_code, stored(complaint).handler) == (422, None)
    assert "handler" in page.context["form"].errors


def test_passed_on_to_another_department_its_head_is_back_in_the_queue(
    sign_in, complaint, service, clean, repair, head_cleaning
):
    sign_in(service).post(url_of(complaint, "triage"), body(complaint, department=clean.pk))
    sent = body(stored(complaint), department=repair.pk)
    answer = sign_in(head_cleaning).post(url_of(complaint, "triage"), sent)
    assert (answer.status_code, answer.url) == (302, "/incidents/complaints/")


def test_sorted_by_two_at_once_both_choices_are_shown(sign_in, complaint, service, second_service):
    former = body(complaint)
    first = former | {"category": key(ComplaintCategory, "late")}
    sign_in(second_service).post(url_of(complaint, "triage"), first)
    page = sign_in(service).post(
        url_of(complaint, "triage"), former | {"category": key(ComplaintCategory, "theft_item")}
    )
    assert (page.status_code, len(page.context["conflict"].differences)) == (409, 1)
    assert stored(complaint).category.code == "late"


def test_what_is_over_is_not_sorted(sign_in, complaint, service):
    sent = body(complaint)
    end_complaint(complaint, by=service, state="invalid", reason="重复")
    assert sign_in(service).get(url_of(complaint, "triage")).status_code == 302
    assert sign_in(service).post(url_of(complaint, "triage"), sent).status_code == 409


def test_not_by_whoever_only_reads_it_nor_by_others(sign_in, complaint, auditor, head_cleaning):
    assert_refused(
        sign_in, complaint, "triage", body(complaint), readers=[auditor], outside=head_cleaning
    )
