"""What the page of a risk says of its open reassessment tasks."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from assessments.services import waive_reassessment
from registers.closing import closing_blockers
from registers.flags import flags_of
from registers.models import Risk
from tests.assessments.reassessing import ask_again

pytestmark = pytest.mark.django_db


def flags(user, risk):
    with override("en"):
        found = flags_of(user, Risk.objects.get(pk=risk.pk))
    return [(flag.words.partition(" by ")[0], flag.is_alert) for flag in found]


def test_a_flag_with_the_reason_then_with_the_count_then_an_alert(risk, risk_manager):
    assert flags(risk_manager, risk) == []
    ask_again(risk, "incident", 3)
    with override("en"):
        (flag,) = flags_of(risk_manager, Risk.objects.get(pk=risk.pk))
    assert flag.words.endswith(": Incident")
    ask_again(risk, "change", 5)
    with override("en"):
        (flag,) = flags_of(risk_manager, Risk.objects.get(pk=risk.pk))
    assert flag.words.endswith(": 2 reasons")
    ask_again(risk, "policy", -1)
    with override("en"):
        (flag,) = flags_of(risk_manager, Risk.objects.get(pk=risk.pk))
    late = timezone.localdate() - timedelta(days=1)
    assert flag.is_alert
    assert flag.words.startswith("Reassessment overdue since")
    assert str(late.day) in flag.words


def test_the_page_lists_them_with_a_way_to_the_form(client, risk, risk_manager, head_cleaning):
    task = ask_again(risk, "incident", 3, label_zh="漏水事件")
    client.force_login(risk_manager, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(risk.get_absolute_url()).content.decode()
    assert "漏水事件" in page
    assert f"/reassessments/{task.pk}/waive/" in page
    client.force_login(head_cleaning, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(risk.get_absolute_url()).content.decode()
    assert "/waive/" not in page


def test_a_risk_is_not_closed_while_it_is_to_be_judged_again(risk, risk_manager):
    task = ask_again(risk, "incident", 3)
    with override("en"):
        assert closing_blockers(Risk.objects.get(pk=risk.pk)) == [
            "A reassessment is open: Incident. Assess the risk or waive it."
        ]
    waive_reassessment(task, by=risk_manager, reason="现场看过，做法和评分都没有变")
    assert closing_blockers(Risk.objects.get(pk=risk.pk)) == []
