"""`manage.py make_report 2026Q3 --lang zh-hans`: freeze, render, store; the work itself, without a worker."""

from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import override

from riskhub.accounts.models import User
from riskhub.audit.context import entered
from riskhub.company.calendar import NotAQuarter
from riskhub.files.models import StoredFile
from riskhub.files.store import FileDamaged
from riskhub.reports.permissions import can_make_report
from riskhub.reports.quarters import parse_accepted
from riskhub.reports.render.process import RenderError
from riskhub.reports.services import RENDER, render_report, request_report
from riskhub.reports.words import why_failed
from riskhub.work.services import taken_work


class Command(BaseCommand):
    help = (
        "Make the quarterly report. Asked again, it gives the stored one; --revision freezes anew."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("quarter", help="such as 2026Q3")
        parser.add_argument("--lang", choices=list(dict(settings.LANGUAGES)), default="zh-hans")
        parser.add_argument("--out", type=Path, help="where to write the PDF")
        parser.add_argument(
            "--revision", metavar="REASON", type=_reason, help="freeze anew, and why"
        )
        parser.add_argument("--by", metavar="USER", help="in whose name; else the system's")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            quarter = parse_accepted(options["quarter"])
        except NotAQuarter as error:
            with override("en"):
                raise CommandError(str(error)) from error
        with entered():
            report = request_report(
                "quarterly",
                quarter,
                by=_user(options["by"]),
                language=options["lang"],
                revision_reason=options["revision"] or "",
            )
            try:
                with taken_work(f"{RENDER}:{report.pk}"):
                    report = render_report(report.pk)
            except RenderError as error:
                words = _("The data are frozen, the pages could not be made: %(error)s")
                raise CommandError(words % {"error": why_failed(str(error))}) from error
        assert report.file  # noqa: S101 - ready
        if options["out"]:
            _write(options["out"], report.file)
        self.stdout.write(
            f"{report} {report.pages} {'page' if report.pages == 1 else 'pages'}, "
            f"sha256 {report.file.sha256}"
            f"{', draft' if report.snapshot.is_draft else ''}"
        )


def _write(path: Path, file: StoredFile) -> None:
    try:
        path.write_bytes(file.read())
    except FileDamaged as error:
        raise CommandError(f"The stored file is damaged: {error}") from error
    except OSError as error:
        raise CommandError(f"The report is made, {path} cannot be written: {error}") from error


def _user(name: str | None) -> User | None:
    if name is None:
        return None
    found = User.objects.active().filter(username=name).first()
    if found is None:
        raise CommandError(f"There is no active user {name}.")
    if not can_make_report(found):
        raise CommandError(f"{name} may not make reports: a risk manager may.")
    return found


def _reason(text: str) -> str:
    if not text.strip():
        raise ArgumentTypeError("say why the data are frozen anew")
    return text.strip()
