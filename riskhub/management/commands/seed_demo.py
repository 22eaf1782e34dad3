from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from riskhub.accounts.models import User
from riskhub.audit.context import entered
from riskhub.company.services import set_preference
from riskhub.demo.signins import demo_password, sign_ins
from riskhub.demo.telling import ask_for_report, tell_story


class Command(BaseCommand):
    help = (
        "Make the demo company: two quarters of a home-service company, in both languages. "
        "On a database that has it already nothing changes."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        if settings.IS_PRODUCTION:
            raise CommandError("The demo company is refused in production mode.")
        password = demo_password()
        if not User.objects.exists():
            with entered():
                set_preference("is_demo", value=True, by=None)
                ask_for_report(tell_story(password))
        elif not User.objects.filter(username="risk.manager").exists():
            raise CommandError("This database has users of its own; the demo needs an empty one.")
        self.stdout.write("\n".join(sign_ins(password)))
