from datetime import timedelta

import pytest
from cryptography.fernet import Fernet
from django.utils import timezone

from incidents.models import Complaint, RecordFile
from incidents.records.kinds import KINDS
from incidents.records.work import apply_owed_records
from incidents.services.personal import derive_forgetting
from incidents.services.record_runs import (
    apply_records,
    discard_records,
    preview_records,
    save_record_mapping,
    start_records,
    stored_records,
    upload_records,
)
from riskhub.audit.transitions import WrongState
from riskhub.audit.versions import StaleVersion
from riskhub.company.preferences import preference
from riskhub.files.store import FileDamaged
from riskhub.imports.models import ImportRun
from riskhub.imports.sentences import FileRefusedError
from riskhub.work.models import Work
from riskhub.work.services import drain_work
from tests.incidents.recording import HEADINGS, OVER, ROWS, uploaded
from tests.riskhub.imports.made_books import ods, xls
from tests.riskhub.imports.made_files import csv_text, with_parts, with_sheet, workbook

pytestmark = pytest.mark.django_db


def applied(run, by):
    start_records(run, by=by, version=run.row_version)
    assert drain_work() == 1
    run.refresh_from_db()
    return run


def test_a_file_is_kept_sealed_and_read_by_its_headings(risk_manager):
    run = uploaded(by=risk_manager)
    assert (run.kind, run.target, run.state) == ("records_complaints", "crm", "uploaded")
    assert "水龙头".encode() not in bytes(run.file.read())
    preview = preview_records(run)
    assert [one.text for one in preview.table.headings] == HEADINGS
    assert preview.counts == {"create": 2, "same": 0, "error": 1}
    assert [str(one) for one in preview.outcomes[2].messages] == [
        "收到时间：“昨天”不是时间。请写成 2026-03-31 09:30。", "渠道：系统中没有“fax”。",
    ]  # fmt: skip
    assert Complaint.objects.count() == 0


@pytest.mark.parametrize(("made", "name"), [(workbook, "a.xlsx"), (xls, "a.xls"), (ods, "a.ods")])
def test_workbooks_too(risk_manager, made, name):
    run = uploaded(made(("投诉", ROWS)), by=risk_manager, filename=name)
    assert preview_records(run).counts == {"create": 2, "same": 0, "error": 1}


def test_the_good_rows_come_in_and_the_file_is_never_read_again(risk_manager):
    run = applied(uploaded(by=risk_manager), risk_manager)
    assert (run.state, run.outcomes) == ("applied", {"create": 2, "same": 0, "error": 1})
    assert [(one.row, one.outcome, one.code) for one in stored_records(run)] == [
        (2, "create", "C-2024-0001"), (3, "create", "C-2024-0002"), (4, "error", ""),
    ]  # fmt: skip
    assert RecordFile.objects.get().secret == ""
    with pytest.raises(FileDamaged):
        preview_records(run)


def test_the_same_file_again_brings_nothing(risk_manager):
    for _again in range(2):
        run = applied(uploaded(by=risk_manager), risk_manager)
    assert run.outcomes == {"create": 0, "same": 2, "error": 1}
    assert Complaint.objects.count() == 2


def test_pressed_twice_it_is_owed_once(risk_manager):
    run = uploaded(by=risk_manager)
    for _again in range(2):
        start_records(run, by=risk_manager, version=run.row_version)
    assert Work.objects.count() == 1
    assert apply_records(run, by=risk_manager) is not None
    assert apply_records(run, by=risk_manager) is None
    apply_owed_records({"run": run.pk})
    assert Complaint.objects.count() == 2


def test_what_was_answered_since_is_not_started(risk_manager):
    run = uploaded(by=risk_manager)
    save_record_mapping(run, by=risk_manager, version=1, mapping={"columns": {}})
    with pytest.raises(StaleVersion):
        start_records(run, by=risk_manager, version=1)
    with pytest.raises(StaleVersion):
        save_record_mapping(run, by=risk_manager, version=1, mapping={})


def test_columns_and_defaults_are_answered(risk_manager):
    rows = [["a", "b", "c"], ["7", "漏水", "3/4/2024 09:00"], ["8", "迟到", "4/4/2024"]]
    run = uploaded(rows, by=risk_manager)
    assert preview_records(run).counts == {"create": 0, "same": 0, "error": 2}
    columns = {"external_id": 0, "text": 1, "received_at": 2, "replied_at": 2, "reply": None}
    mapping = {"columns": columns, "defaults": {"channel": "app"}, "order": "mdy"}
    save_record_mapping(run, by=risk_manager, version=1, mapping=mapping)
    run.refresh_from_db()
    applied(run, risk_manager)
    first = Complaint.objects.get(external_id="7")
    assert (first.received_at.month, first.first_contact_at, first.channel) == (
        3, first.received_at, "app",
    )  # fmt: skip
    with pytest.raises(WrongState):
        save_record_mapping(run, by=risk_manager, version=None, mapping={})


def test_the_column_itself_says_what_comes_first(risk_manager):
    rows = [["id", "complaint", "received"], ["7", "late", "3/4/2024"], ["8", "rude", "25/4/2024"]]
    preview = preview_records(uploaded(rows, by=risk_manager))
    assert preview.answers.order == "dmy"
    assert [one.draft.row.received_at.month for one in preview.outcomes] == [4, 4]


def test_discarded_it_is_never_read_again(risk_manager):
    run = uploaded(by=risk_manager)
    discard_records(run, by=risk_manager, version=1)
    assert (ImportRun.objects.get().state, RecordFile.objects.get().secret) == ("discard", "")
    with pytest.raises(WrongState):
        start_records(run, by=risk_manager, version=run.row_version)


def test_a_file_that_cannot_be_opened_fails_and_may_be_tried_again(risk_manager):
    run = uploaded(by=risk_manager)
    secret = RecordFile.objects.get().secret
    RecordFile.objects.update(secret=Fernet.generate_key().decode())
    applied(run, risk_manager)
    assert (run.state, run.error) == ("failed", "存放的文件缺失或被改动。重新上传。")
    RecordFile.objects.update(secret=secret)
    save_record_mapping(run, by=risk_manager, version=run.row_version, mapping={})
    assert applied(ImportRun.objects.get(), risk_manager).state == "applied"


def bomb():
    return with_parts(workbook(ROWS), {"xl/media/zeros.bin": b"\0" * (70 * 1024 * 1024)})


def million_cells():
    return csv_text([["id", "complaint"] + ["x"] * 254] * 4000).encode()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "a.csv"),
        (bomb, "a.xlsx"),
        (million_cells, "a.csv"),
        (lambda: with_sheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), "a.xlsx"),
        (lambda: workbook(ROWS), "a.xlsm"),
        (lambda: with_parts(workbook(ROWS), {"xl/vbaProject.bin": b"x"}), "a.xlsx"),
        (b"%PDF-1.7", "a.csv"),
        (b"only one cell", "a.csv"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_what_is_no_table_or_too_much_of_one_is_refused_and_not_kept(
    risk_manager, content, name, kind
):
    made = content() if callable(content) else content
    with pytest.raises(FileRefusedError):
        upload_records(made, by=risk_manager, kind=KINDS[kind], source="crm", filename=name)
    assert (ImportRun.objects.count(), RecordFile.objects.count()) == (0, 0)


def test_a_file_without_rows_brings_nothing(risk_manager):
    run = uploaded([HEADINGS], by=risk_manager)
    assert preview_records(run).counts == {"create": 0, "same": 0, "error": 0}
    assert stored_records(run) == []


def test_a_short_row_leaves_out_the_rest(risk_manager):
    run = uploaded([HEADINGS, OVER[:3], OVER], by=risk_manager)
    assert [one.outcome for one in preview_records(run).outcomes] == ["create", "error"]


def test_a_file_that_nobody_imports_is_forgotten_after_its_time(risk_manager, time_machine):
    run = uploaded(by=risk_manager)
    over = timezone.now() + timedelta(days=preference("contact_kept_days"))
    time_machine.move_to(over - timedelta(days=1))
    derive_forgetting()
    assert drain_work() == 0
    time_machine.move_to(over + timedelta(days=1))
    derive_forgetting()
    assert drain_work() == 1
    assert RecordFile.objects.get(run=run).secret == ""
    derive_forgetting()
    assert Work.objects.exclude(state="done").count() == 0
