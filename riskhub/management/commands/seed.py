import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from registers.models import LibraryRisk
from riskhub.audit.context import entered
from riskhub.demo.volume import seed_risks


class Command(BaseCommand):
    help = "Add very many made-up risks, to try the product at size."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--risks", type=int, required=True, metavar="N")

    def handle(self, *_args: Any, **options: Any) -> None:
        if settings.IS_PRODUCTION:
            raise CommandError("Made-up risks are refused in production mode.")
        if options["risks"] < 1:
            raise CommandError("--risks takes a number from 1.")
        if not LibraryRisk.objects.exists():
            raise CommandError("Load the starter library first: manage.py load_library")
        started = time.monotonic()
        with entered():
            for done in seed_risks(options["risks"]):
                self.stdout.write(f"{done} risks after {time.monotonic() - started:.0f} s")
