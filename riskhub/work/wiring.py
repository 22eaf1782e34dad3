"""Celery's signals: in each process of the pool a timer begins and ends."""

from celery.signals import worker_process_init, worker_process_shutdown

from riskhub.work.timer import start_timer, stop_timer


def wire() -> None:
    worker_process_init.connect(start_timer)
    worker_process_shutdown.connect(stop_timer)
