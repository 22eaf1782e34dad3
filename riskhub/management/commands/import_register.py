"""`manage.py import_register FILE --register CODE`: a risk register from XLSX, XLS, ODS or CSV."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assessments.register_import.mapping import MappingError
from assessments.services.imports import (
    CannotImport,
    Preview,
    check_place,
    import_now,
    preview_file,
    upload_register,
)
from riskhub.accounts.models import User
from riskhub.audit.context import entered


class Command(BaseCommand):
    help = (
        "Import a risk register (XLSX, XLS, ODS, CSV). The same file twice creates nothing twice."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--register", required=True, metavar="CODE", help="made if it is new")
        parser.add_argument(
            "--mapping", type=Path, metavar="M.json", help="columns, scales, defaults"
        )
        parser.add_argument("--by", metavar="USER", help="in whose name; else the system's")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would happen, write nothing"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *_args: Any, **options: Any) -> None:
        by = _user(options["by"])
        try:
            with entered():
                preview, is_new = _run(options, by)
        except (MappingError, CannotImport) as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(preview.as_json(), ensure_ascii=False, indent=2))
        else:
            code = preview.places.register_code if is_new else None
            self._tell(preview, code, is_dry=options["dry_run"])
        if preview.plan.refused:
            raise SystemExit(1)

    def _tell(self, preview: Preview, new_code: str | None, *, is_dry: bool) -> None:
        if preview.plan.refused:
            self.stderr.write(str(preview.plan.refused))
            return
        for row in preview.plan.rows:
            levels = dict.fromkeys((preview.level_at(row.inherent), preview.level_at(row.residual)))
            level = " > ".join(filter(None, levels)) or "-"
            self.stdout.write(f"{row.row}\t{row.outcome}\t{level}\t{row.title}\t{row.message}")
        counts = ", ".join(f"{name} {count}" for name, count in preview.counts.items())
        if new_code:
            becomes = "is made" if preview.places.register else "would be made"
            self.stdout.write(f"The register {new_code} is new: it {becomes}.")
        self.stdout.write(f"{'Dry run: ' if is_dry else ''}{counts}")


def _user(name: str | None) -> User | None:
    if name is None:
        return None
    try:
        return User.objects.active().get(username=name)
    except User.DoesNotExist:
        raise CommandError(f"There is no active user {name}.") from None


def _run(options: dict[str, Any], by: User | None) -> tuple[Preview, bool]:
    """What became of the file, and whether its register was not there before."""
    path, code = options["file"], options["register"]
    content, mapping = _read(path), _mapping(options["mapping"])
    check_place(code, by=by)
    preview = preview_file(content, path.name, mapping, register_code=code, by=by)
    is_new = preview.places.register is None
    if options["dry_run"] or preview.plan.refused or not preview.counts["create"]:
        return preview, is_new
    run = upload_register(content, by=by, filename=path.name, register_code=code, mapping=mapping)
    return import_now(run, by=by), is_new


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error


def _mapping(path: Path | None) -> dict[str, Any]:
    if path is None:
        return {}
    try:
        found = json.loads(_read(path))
    except ValueError as error:
        raise CommandError(f"{path} is not JSON: {error}.") from error
    if not isinstance(found, dict):
        raise CommandError(f"{path} does not hold an object of names and values.")
    return found
