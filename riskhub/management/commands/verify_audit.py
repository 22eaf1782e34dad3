import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from riskhub.audit.context import entered
from riskhub.oversight.services import verify_audit


class Command(BaseCommand):
    help = (
        "Seal what is not sealed yet, then recompute the audit log; exit code 1 when it is broken."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *_args: Any, **options: Any) -> None:
        with entered():
            found = verify_audit(by=None)
        if options["json"]:
            told = {name: getattr(found, name) for name in ("events", "head_hash", "fault")}
            self.stdout.write(json.dumps(told | {"ok": found.is_whole}))
        elif found.is_whole:
            self.stdout.write(f"OK: {found.events} events, head {found.head_hash}")
        else:
            self.stderr.write(f"BROKEN after {found.events} events: {found.fault}")
        if not found.is_whole:
            raise SystemExit(1)
