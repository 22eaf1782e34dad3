"""The pages on which records of elsewhere come in."""

from incidents.services.record_runs import apply_records, discard_records, start_records
from riskhub.accounts.models import User
from tests.flows.markup import MARKUP
from tests.flows.stops import Stop
from tests.incidents.recording import ROWS, uploaded

HEADINGS, OVER, *REST = ROWS
MARKED = [OVER[0], MARKUP.replace(",", " "), *OVER[2:]]


def records():
    manager = User.objects.get(username="risk.manager")
    waiting, over, gone = (
        uploaded([HEADINGS, MARKED, *REST], by=manager, source=f"CRM-{number}")
        for number in (1, 2, 3)
    )
    start_records(over, by=manager, version=1)
    apply_records(over, by=manager)
    discard_records(gone, by=manager, version=1)
    yield Stop("incidents:record_import_create")
    for who in ("risk.manager", "auditor"):
        yield Stop("incidents:record_import_list", who)
        for run in (waiting, over, gone):
            yield Stop("incidents:record_import_detail", who, run.pk)
