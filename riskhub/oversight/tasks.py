from celery import shared_task

from riskhub.audit.context import entered
from riskhub.oversight import services


@shared_task
def seal_events() -> int:
    with entered():
        return services.seal_all()
