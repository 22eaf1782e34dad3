"""`python -m tests.checks.migrations`: django-migration-linter over our own migrations.

It is called from here because a test tool has no place in INSTALLED_APPS.
"""

import os
import sys

import django


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "riskhub.settings")
    django.setup()
    from django.apps import apps  # noqa: PLC0415 - after setup
    from django_migration_linter import MigrationLinter  # noqa: PLC0415 - after setup

    from tests.checks.steps import PACKAGES, ROOT  # noqa: PLC0415 - beside the others

    ours = [c.label for c in apps.get_app_configs() if c.name.partition(".")[0] in PACKAGES]
    linter = MigrationLinter(
        str(ROOT),
        include_apps=ours,
        no_cache=True,
        ignore_initial_migrations=True,
        quiet=["ok", "ignore"],
    )
    linter.lint_all_migrations()
    linter.print_summary()
    return linter.has_errors


if __name__ == "__main__":
    sys.exit(main())
