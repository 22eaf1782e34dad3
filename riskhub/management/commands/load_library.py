from typing import Any

from django.core.management.base import BaseCommand

from assessments.services.contingency_library import load_library_contingency_plans
from assessments.services.starter import load_scheme
from incidents.services import load_categories, load_replies
from registers.services.process_maps import load_process_maps
from registers.services.starter import (
    load_library_controls,
    load_library_risks,
    load_taxonomy,
)
from riskhub.audit.context import entered

LOADERS = (
    load_taxonomy, load_library_risks, load_library_controls, load_process_maps, load_scheme,
    load_categories, load_replies, load_library_contingency_plans,
)  # fmt: skip


class Command(BaseCommand):
    help = "Load the starter library. Run it as often as you like: it adds what is missing."

    def handle(self, *_args: Any, **_options: Any) -> None:
        with entered():
            made = sum(load(by=None) for load in LOADERS)
        self.stdout.write(f"{made} entries added.")
