from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from riskhub.accounts.models import User
from riskhub.accounts.services import create_token
from riskhub.audit.context import entered
from riskhub.entry.texts import one_line


class Command(BaseCommand):
    help = "Make a key for the API. It is printed once; the database keeps its hash."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", required=True, help="what the key is for")
        parser.add_argument("--days", type=int, help="days until it expires; without: never")

    def handle(self, *_args: Any, **options: Any) -> None:
        days: int | None = options["days"]
        if days is not None and not 1 <= days <= 36_500:  # noqa: PLR2004 - a century
            raise CommandError("--days is a whole number from 1 to 36500.")
        if not 1 <= len(one_line(options["name"])) <= 100:  # noqa: PLR2004 - as the column
            raise CommandError("--name says what the key is for: 1 to 100 characters.")
        user = User.objects.active().filter(username=options["username"]).first()
        if user is None:
            raise CommandError(f"Nobody active signs in as {options['username']}.")
        expires_at = None if days is None else timezone.now() + timedelta(days)
        try:
            with entered():
                key = create_token(user, by=None, name=options["name"], expires_at=expires_at)
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        self.stdout.write(key)
