from datetime import timedelta

import pytest
from django.utils import timezone

from assessments.quarterly.frame import Frame
from riskhub.company.calendar import Quarter
from riskhub.company.preferences import company_zone


@pytest.fixture
def frame():
    now = timezone.now()
    zone = company_zone()
    return Frame(Quarter.of(now.astimezone(zone).date()), now + timedelta(seconds=5), zone)
