import pytest

from tests.assessments.changing import bring, make_change
from tests.assessments.events import actions_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def change(clean, staff_cleaning):
    return make_change(clean, by=staff_cleaning)


def url_of(change):
    return f"/changes/{change.code}/edit/"


def body(change, **fields):
    return {
        "title": "新名", "kind": "people", "department": change.department_id,
        "planned_on": change.planned_on, "description": "新写法", "row_version": change.row_version,
    } | fields  # fmt: skip


def test_a_draft_is_changed(sign_in, change, staff_cleaning):
    assert sign_in(staff_cleaning).post(url_of(change), body(change)).status_code == 302
    change.refresh_from_db()
    assert (change.title, change.kind, change.row_version) == ("新名", "people", 2)
    assert actions_of(change)[-1] == "change.edited"


def test_somebody_saved_in_between(sign_in, change, staff_cleaning, head_cleaning):
    mine = body(change)
    sign_in(head_cleaning).post(url_of(change), body(change, title="别人的名"))
    page = sign_in(staff_cleaning).post(url_of(change), mine)
    assert page.status_code == 409
    text = page.content.decode()
    assert "别人的名" in text
    assert "新名" in text
    change.refresh_from_db()
    assert change.title == "别人的名"


def test_what_was_handed_in_is_not_changed(sign_in, change, staff_cleaning, risk_manager):
    bring(change, "submitted", by=risk_manager)
    client = sign_in(staff_cleaning)
    assert client.get(url_of(change)).url == f"/changes/{change.code}/"
    page = client.post(url_of(change), body(change, description="太晚写的一段话"))
    assert page.status_code == 409
    assert "太晚写的一段话" in page.content.decode()


def test_not_by_who_only_reads_nor_from_another_department(sign_in, change, auditor, head_repair):
    assert sign_in(auditor).get(url_of(change)).status_code == 403
    assert sign_in(head_repair).get(url_of(change)).status_code == 404


@pytest.mark.parametrize(
    ("who", "status"), [("staff_cleaning", 403), ("head_cleaning", 200), ("risk_manager", 200)]
)
def test_what_a_colleague_filed_is_not_rewritten_by_staff(
    sign_in, clean, second_manager, request, who, status
):
    change = make_change(clean, by=second_manager)
    client = sign_in(request.getfixturevalue(who))
    assert client.get(url_of(change)).status_code == status
    assert (url_of(change) in client.get(change.get_absolute_url()).text) == (status == 200)
    for step in ("submit", "cancel"):
        assert client.get(f"/changes/{change.code}/{step}/").status_code == status


def test_an_empty_name_is_refused(sign_in, change, staff_cleaning):
    page = sign_in(staff_cleaning).post(url_of(change), body(change, title=" "))
    assert page.status_code == 422
