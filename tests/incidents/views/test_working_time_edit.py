"""When the company works: days, hours and the break."""

import pytest

from riskhub.audit.models import AuditEvent
from riskhub.company.preferences import preferences
from tests.incidents.complaining import make_complaint

pytestmark = pytest.mark.django_db

URL = "/settings/clocks/hours/"
HOURS = {
    "worked_days": "every", "worked_weekdays": ["1", "2"], "work_begins": "08:30",
    "work_ends": "17:30", "break_begins": "12:00", "break_ends": "12:30",
}  # fmt: skip


def test_hours_are_kept_and_only_what_changed_is_written_down(sign_in, risk_manager):
    answer = sign_in(risk_manager).post(URL, HOURS | {"worked_weekdays": list("1234567")})
    assert (answer.status_code, answer["Location"]) == (302, "/settings/clocks/")
    kept = preferences("work_begins", "work_ends", "break_ends", "worked_days")
    assert kept == {
        "work_begins": "08:30", "work_ends": "17:30", "break_ends": "12:30",
        "worked_days": "every",
    }  # fmt: skip
    changed = AuditEvent.objects.filter(action="company.setting_changed")
    assert set(changed.values_list("object_id", flat=True)) == {
        "work_begins", "work_ends", "break_ends",
    }  # fmt: skip


def test_clocks_count_them(sign_in, risk_manager):
    only = HOURS | {"worked_days": "own", "worked_weekdays": ["3"], "break_begins": "",
                    "break_ends": ""}  # fmt: skip
    sign_in(risk_manager).post(URL, only)
    assert make_complaint().first_contact_due.isoweekday() == 3


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"work_ends": "08:00"}, "work_ends"),
        ({"break_begins": "19:00", "break_ends": "20:00"}, "work_ends"),
        ({"break_ends": ""}, "break_ends"),
        ({"work_begins": ""}, "work_begins"),
        ({"worked_days": "own", "worked_weekdays": []}, "worked_weekdays"),
        ({"worked_days": "moon"}, "worked_days"),
        ({"worked_weekdays": ["8"]}, "worked_weekdays"),
    ],
)
def test_hours_in_which_nobody_works_are_refused(sign_in, risk_manager, typed, field):
    page = sign_in(risk_manager).post(URL, HOURS | typed)
    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    assert preferences("work_begins") == {"work_begins": "09:00"}


def test_they_stand_there_as_they_are(sign_in, risk_manager):
    form = sign_in(risk_manager).get(URL).context["form"]
    assert form["work_begins"].value() == "09:00"
    assert form["worked_weekdays"].value() == [1, 2, 3, 4, 5, 6, 7]
