from typing import Any

from django.core.management.base import BaseCommand, CommandError

from incidents.services.personal import reseal_contacts
from riskhub.audit.context import entered


class Command(BaseCommand):
    help = (
        "Seal the contact data of complainants with the first of PERSONAL_KEYS. Keep the old keys behind it "
        "until this has ended well and a day has passed; then they can go."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        with entered():
            resealed = reseal_contacts(by=None)
        self.stdout.write(f"{resealed.sealed} complaints are sealed with the newest key.")
        if resealed.lost:
            raise CommandError(
                f"The key of {len(resealed.lost)} is missing, they stay as they are: "
                f"{', '.join(resealed.lost[:20])}"
            )
