"""The database goes away and comes back: nobody has to start anything again."""

import pytest
from django.db import OperationalError, close_old_connections, transaction

from riskhub.celery import app
from riskhub.work.models import Work
from riskhub.work.registry import register_kind
from riskhub.work.services import owe_work, sweep_work

pytestmark = pytest.mark.django_db(transaction=True)
CUT = """
SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


def cut_all(owner):
    assert owner.execute(CUT).fetchone()[0] > 0


def test_the_web_answers_again(client, as_owner):
    """The connection is looked at before each request, and replaced where it is dead."""
    assert client.get("/readyz").json()["parts"]["database"] == "ok"
    cut_all(as_owner)
    close_old_connections()  # as Django does before each request, but for its test client
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["parts"]["database"]) == (200, "ok")


def test_a_worker_goes_on_with_what_is_owed(as_owner):
    done = []
    register_kind("restart.trial", done.append, "trial")
    owe_work("restart.trial", "restart", {"n": 1})
    cut_all(as_owner)
    with pytest.raises(OperationalError):
        sweep_work()
    close_old_connections()  # as Celery does before and after each task
    sweep_work()
    assert done == [{"n": 1}]
    assert Work.objects.get(dedupe="restart").state == "done"


def test_what_was_not_committed_is_owed_by_nobody(as_owner):
    def interrupted():
        with transaction.atomic():
            owe_work("restart.trial", "lost")
            cut_all(as_owner)
            Work.objects.count()

    with pytest.raises(OperationalError):
        interrupted()
    close_old_connections()
    assert not Work.objects.filter(dedupe="lost").exists()


def test_the_rules_of_the_queue():
    """RELIABILITY.md 1: nothing but ids as JSON, nothing lost with a worker, no result kept."""
    conf = app.conf
    assert (conf.task_serializer, conf.accept_content) == ("json", ["json"])
    assert (conf.task_acks_late, conf.task_reject_on_worker_lost) == (True, True)
    assert (conf.worker_prefetch_multiplier, conf.task_ignore_result) == (1, True)
    assert conf.result_backend is None
    app.loader.import_default_modules()
    assert {entry["task"] for entry in conf.beat_schedule.values()} <= set(app.tasks)
