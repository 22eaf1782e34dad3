"""What is measured, in an order in which nothing disturbs the next."""

import time
from functools import partial
from io import StringIO

from django.core.management import call_command
from django.db import connection
from django.test.utils import override_settings

from registers.models import Risk
from riskhub.demo.volume import seed_risks
from tests.benchmarks import bulk, complaining, deciding, filing, finding, judging, pages
from tests.benchmarks.company import found
from tests.benchmarks.table import Table
from tests.database import connect_as_owner

STATIC = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
FILES = {"BACKEND": "django.core.files.storage.FileSystemStorage"}


def run(risks, folder, only=()):
    with override_settings(STORAGES={"default": FILES, "staticfiles": STATIC}):
        call_command("migrate", verbosity=0, interactive=False)
        call_command("load_library", stdout=StringIO())
        people, table = found(), Table()
        for part in (
            partial(filing.filing, table, people),
            partial(complaining.public_form, table, people),
            partial(complaining.queue, table, people),
            partial(bulk.report, table, folder),
            partial(bulk.register_import, table, folder),
            partial(finding.register_csv, table, people),
            partial(judging.judging, table, people),
            partial(deciding.inbox, table, people),
            partial(seed, table, risks),
            partial(pages.list_pages, table, people),
            partial(pages.matrix_pages, table, people),
            partial(pages.bulk_edit, table, people),
            partial(finding.command_bar, table, people),
            partial(finding.audit_log, table, people),
        ):
            if not only or part.func.__name__ in only:
                attempt(table, part)
    table.finish()


def attempt(table, part):
    """What breaks is said, counted as missed, and does not keep the rest from being measured."""
    try:
        part()
    except Exception as error:  # noqa: BLE001 - whatever it is
        connection.close()
        table.fail(part.func.__name__, error)


def seed(table, risks):
    wanted = max(0, risks - Risk.objects.count())
    started = time.perf_counter()
    for _done in seed_risks(wanted):
        pass
    table.add(f"seed {wanted:,} risks", time.perf_counter() - started, limit=120)
    with connect_as_owner() as owner:  # as the autovacuum of a running company has done long ago
        owner.execute("VACUUM ANALYZE")
