"""The long jobs, through the commands that people run: a file of 10,000 rows, a PDF of 500 risks."""

import csv
import time
from io import StringIO

from django.core.management import call_command, get_commands
from django.utils import timezone

from registers.models import LibraryRisk, Risk
from riskhub.company.calendar import Quarter
from riskhub.demo.volume import seed_risks

ROWS, IMPORT_SECONDS = 10_000, 20
RISKS, PDF_SECONDS = 500, 8
HEAD = ["风险名称", "原因", "后果", "发生概率", "影响程度", "责任部门"]


def report(table, folder):
    if "make_report" not in get_commands():
        table.skip(f"PDF of {RISKS} risks", "no make_report yet")
        return
    for _done in seed_risks(RISKS):
        pass
    quarter = Quarter.of(timezone.localdate()).previous
    target = folder / "report.pdf"
    started = time.perf_counter()
    call_command("make_report", str(quarter), lang="zh-hans", out=target, stdout=StringIO())
    table.add(f"PDF of {RISKS} risks", time.perf_counter() - started, limit=PDF_SECONDS)


def register_import(table, folder):
    if "import_register" not in get_commands():
        table.skip(f"import of {ROWS:,} rows", "no import_register yet")
        return
    before, said = Risk.objects.count(), StringIO()
    path = write_register(folder / "register.csv")
    started = time.perf_counter()
    call_command("import_register", path, register="BENCH", stdout=said, stderr=said)
    taken = time.perf_counter() - started
    made = Risk.objects.count() - before
    if made != ROWS:
        raise RuntimeError(f"{made} of {ROWS} rows came in:\n{said.getvalue()[-2000:]}")
    table.add(f"import of {ROWS:,} rows", taken, limit=IMPORT_SECONDS)


def write_register(path):
    """Ten thousand different risks with scores, as a spreadsheet would save them."""
    library = list(LibraryRisk.objects.all())
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEAD)
        for number in range(ROWS):
            body = library[number % len(library)].body
            writer.writerow([
                f"{body['title']['zh']}（{number}）", body["cause"]["zh"], body["consequence"]["zh"],
                number % 5 + 1, number // 5 % 5 + 1, "服务运营部",
            ])  # fmt: skip
    return path
