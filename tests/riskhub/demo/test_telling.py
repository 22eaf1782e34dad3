import pytest
from django.utils import timezone

from assessments.models import ReviewCycle
from assessments.services import open_cycle
from riskhub.company.calendar import Quarter
from riskhub.company.preferences import company_zone
from riskhub.demo.telling import _review


@pytest.mark.django_db
def test_a_worker_may_have_opened_the_running_review_before_the_story_begins():
    running = Quarter.of(timezone.localdate(timezone=company_zone()))
    open_cycle(running)
    _review(running.previous)
    _review(running)
    states = {str(cycle): cycle.state for cycle in ReviewCycle.objects.all()}
    assert states == {str(running.previous): "closed", str(running): "open"}
