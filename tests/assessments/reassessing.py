"""Shortest way to an open reassessment task."""

from datetime import timedelta

from django.utils import timezone

from assessments.services import Cause, open_reassessments


def ask_again(risk, reason="manual", days=7, *, by=None, **more):
    """Due in so many days."""
    due_on = timezone.localdate() + timedelta(days=days)
    return open_reassessments([Cause(risk.pk, reason, due_on, **more)], by=by)[risk.pk, reason]
