"""How far a job is, told beside its own transaction."""

import pytest
from django.db import transaction

from riskhub.work.models import Work
from riskhub.work.progress import progress_of, report_progress


@pytest.mark.django_db(transaction=True)
def test_told_while_the_job_itself_is_not_committed():
    Work.objects.create(kind="test", dedupe="test:1", error="once")
    with transaction.atomic():
        Work.objects.create(kind="test", dedupe="test:2")
        report_progress("test:1", done=3, total=7)
        transaction.set_rollback(True)
    told = progress_of("test:1")
    assert (told["done"], told["total"], told["state"], told["error"]) == (3, 7, "due", "once")
    assert {"attempts", "run_after", "lease_until"} <= set(told)
    assert progress_of("test:2") == {}


@pytest.mark.django_db
def test_a_job_never_fails_for_its_progress():
    report_progress("a name that the database refuses: \0", done=1)
    assert progress_of("nobody") == {}
