"""The kind of a complaint preselects how grave it usually is, and never makes it lighter by itself."""

import pytest

from tests.incidents.complaining import make_complaint

pytestmark = pytest.mark.browser
SEVERITY = "[name=severity] option:checked"
LINE = "[data-preselected]"


def test_a_graver_kind_is_preselected_and_what_somebody_chose_stays(window, service):
    complaint = make_complaint()  # S3, as nothing is ticked
    with window(service) as page:
        page.goto(f"/incidents/complaints/{complaint.code}/triage/")
        page.select_option("[name=category]", label="客户或家人受伤")
        assert "紧急" in page.locator(SEVERITY).inner_text()
        assert page.locator(LINE).inner_text() != ""
        page.select_option("[name=category]", label="迟到")
        assert "一般" in page.locator(SEVERITY).inner_text()
        page.select_option("[name=severity]", index=1)
        page.select_option("[name=category]", label="客户或家人受伤")
        assert "重要" in page.locator(SEVERITY).inner_text()


def test_what_the_customer_ticked_is_not_made_lighter(window, service):
    complaint = make_complaint(troubles=["hurt"])  # S1
    with window(service) as page:
        page.goto(f"/incidents/complaints/{complaint.code}/triage/")
        page.select_option("[name=category]", label="迟到")
        assert "紧急" in page.locator(SEVERITY).inner_text()
        assert page.locator(LINE).inner_text() == ""
