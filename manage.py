#!/usr/bin/env python3
"""Commands. `.venv/bin/python manage.py COMMAND` finds or starts the embedded engines itself."""

import os
import sys

from riskhub.local.commands import attached


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "riskhub.settings")
    with attached(sys.argv):
        from django.core.management import execute_from_command_line  # noqa: PLC0415 - see above

        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
