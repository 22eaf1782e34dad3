from typing import Any

from django.core.management.base import BaseCommand, CommandError

from incidents.services.personal import Resealed, reseal_contacts, reseal_files, reseal_injured
from riskhub.audit.context import entered
from riskhub.notices.services import reseal_webhooks


class Command(BaseCommand):
    help = (
        "Seal the contact data of complainants, the names of injured persons, the files of imports that "
        "wait and the addresses of groups with the first of PERSONAL_KEYS. Keep the old keys behind it "
        "until this has ended well and a day has passed; then they can go."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        with entered():
            complaints, injured = reseal_contacts(by=None), reseal_injured(by=None)
            files = reseal_files(by=None)
        self._say(complaints, "complaints are sealed")
        self._say(injured, "names of injured persons are sealed")
        self._say(files, "files of imports are sealed")
        webhooks, unreadable = reseal_webhooks(by=None)
        self.stdout.write(f"{webhooks} addresses of groups are sealed with the newest key.")
        if lost := complaints.lost + injured.lost + files.lost + unreadable:
            raise CommandError(
                f"The key of {len(lost)} is missing, they stay as they are: {', '.join(lost[:20])}"
            )

    def _say(self, resealed: Resealed, words: str) -> None:
        self.stdout.write(f"{resealed.sealed} {words} with the newest key.")
