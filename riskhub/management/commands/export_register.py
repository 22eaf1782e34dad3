from argparse import ArgumentParser
from pathlib import Path
from shutil import copyfileobj
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override

from registers.models import Register, Risk
from registers.reports import FORMS, export_risks
from riskhub.audit.context import entered


class Command(BaseCommand):
    help = "Write the open risks of a register to a file that import_register reads back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--register", required=True, metavar="CODE")
        parser.add_argument("--format", required=True, choices=sorted(FORMS))
        parser.add_argument("--out", required=True, type=Path, metavar="FILE")
        parser.add_argument("--lang", default="zh-hans", choices=["zh-hans", "en"])
        parser.add_argument("--all", action="store_true", help="closed and merged risks too")

    def handle(self, *_args: Any, **options: Any) -> None:
        register = Register.objects.coded(options["register"]).first()
        if register is None:
            known = ", ".join(Register.objects.order_by("code").values_list("code", flat=True))
            raise CommandError(f"There is no register {options['register']}. There are: {known}.")
        risks = Risk.objects.filter(register=register)
        risks = (risks.counted() if options["all"] else risks.open()).in_ranking()
        with entered(), override(options["lang"]):
            file = export_risks(risks, by=None, form=options["format"], name=register.code)
        try:
            with file.content, options["out"].open("wb") as out:
                copyfileobj(file.content, out)
        except OSError as fault:
            raise CommandError(f"{options['out']} cannot be written: {fault.strerror}") from fault
        self.stdout.write(f"{file.rows} risks of {register.code} written to {options['out']}.")
