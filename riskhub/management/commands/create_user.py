import getpass
import os
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from riskhub.accounts.choices import Role
from riskhub.accounts.models import Department, User
from riskhub.accounts.services import assign_role, create_user
from riskhub.audit.context import entered


class Command(BaseCommand):
    help = (
        "Make somebody who can sign in. The password is asked for, or read from RISKHUB_PASSWORD. "
        "A company that starts empty needs an administrator and a risk manager."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", required=True, help="as people know them")
        parser.add_argument("--role", action="append", default=[], choices=Role.values)
        parser.add_argument(
            "--department", metavar="CODE", help="the roles hold there; else everywhere"
        )
        parser.add_argument("--email", default="")
        parser.add_argument("--lang", choices=["zh-hans", "en"], default="zh-hans")

    def handle(self, *_args: Any, **options: Any) -> None:
        department = _department(options["department"])
        password = os.environ.get("RISKHUB_PASSWORD") or getpass.getpass("Password: ")
        try:
            validate_password(password)
            with entered(), transaction.atomic():
                user = create_user(
                    by=None,
                    username=options["username"],
                    display_name=options["name"],
                    password=password,
                    email=options["email"],
                    department=department,
                    locale=options["lang"],
                )
                for role in options["role"]:
                    assign_role(user, by=None, role=role, department=department)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(_told(user))


def _department(code: str | None) -> Department | None:
    if code is None:
        return None
    found = Department.objects.active().filter(code=code).first()
    if found is None:
        known = ", ".join(Department.objects.active().values_list("code", flat=True))
        raise CommandError(f"There is no department {code}. There are: {known or 'none'}.")
    return found


def _told(user: User) -> str:
    roles = ", ".join(user.role_assignments.values_list("role", flat=True))
    return f"{user.username} can sign in ({roles or 'without a role: sees nothing yet'})."
