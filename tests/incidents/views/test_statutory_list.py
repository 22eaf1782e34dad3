"""Reminders by law: what is on, who confirmed it, to what it applies."""

import pytest

from incidents.models import StatutoryRule
from tests.incidents.reporting import confirmed

pytestmark = pytest.mark.django_db

URL = "/settings/statutory/"


def test_each_in_words_and_who_confirmed_it(sign_in, risk_manager):
    confirmed(risk_manager, "work_injury")
    StatutoryRule.objects.filter(code="data_breach").update(least_severity=3)
    page = sign_in(risk_manager).get(URL)
    rows = {row.rule.code: (row.span, row.when) for row in page.context["rules"]}
    assert rows["accident_report"] == ("1 小时", "事故；受伤者：员工、客户、其他人")
    assert rows["work_injury"][0] == "30 天"
    assert rows["data_breach"][1] == "严重程度 3 级及以上"
    assert "由陈静于" in page.text


def test_whoever_only_reads_is_offered_no_change(sign_in, auditor, service):
    for user in (auditor, service):
        page = sign_in(user).get(URL)
        assert (page.status_code, "/edit/" in page.text, "/confirm/" in page.text) == (
            200, False, False,
        )  # fmt: skip
