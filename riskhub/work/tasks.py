from celery import shared_task

from riskhub.audit.context import entered
from riskhub.work import services


@shared_task
def drain_work() -> int:
    with entered():
        return services.drain_work()


@shared_task
def sweep_work() -> int:
    with entered():
        return services.sweep_work()
