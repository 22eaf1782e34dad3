"""The product's own Celery application, less patient: what was lost or failed is done again after seconds.

celery --app tests.faults.hurried worker
"""

from datetime import timedelta

import django

django.setup()

from riskhub.celery import app  # noqa: E402 - needs the app registry
from riskhub.work import leases, services, timer  # noqa: E402 - the same

__all__ = ["app"]

leases.LEASE = services.LEASE = timedelta(seconds=4)
leases.RENEWAL_SECONDS = 1.0
services.BACKOFF = (timedelta(seconds=2),) * len(services.BACKOFF)
services.PATIENCE = timedelta(seconds=2)
timer.LOOK_SECONDS = 0.5
