import zipfile
from io import BytesIO

import pytest

from assessments.services.imports import import_now
from registers.models import Register, Risk
from registers.services import create_register
from riskhub.files.models import StoredFile
from riskhub.imports.models import ImportRun
from tests.assessments.events import actions_of
from tests.assessments.pages import htmx
from tests.assessments.uploads import NUMBERS, WORDS
from tests.assessments.wizard import page_of, send_file
from tests.builders import make_risk
from tests.cast import make_user
from tests.riskhub.imports.made_books import ods, xls
from tests.riskhub.imports.made_files import REGISTER, csv_text, with_parts, with_sheet, workbook

pytestmark = pytest.mark.django_db
URL = "/registers/SVC/import/"
NEW = {"code": " new-1 ", "name": "Repairs"}
AGAIN = {"file": ["Choose the file again: the browser has not kept it."]}


def errors(page):
    return {name: [str(e) for e in found] for name, found in page.context["form"].errors.items()}


@pytest.fixture
def client(risk_manager, sign_in):
    return sign_in(risk_manager)


def test_the_register_of_the_address_is_chosen(client, register):
    form = client.get(URL).context["form"]
    assert form["register"].value() == register.pk
    form = client.get("/registers/svc/import/").context["form"]
    assert form["register"].value() == register.pk


def test_the_first_register_that_one_keeps_is_chosen(client, register):
    assert client.get("/imports/new/").context["form"]["register"].value() == register.pk
    Register.objects.filter(pk=register.pk).update(state="archived")
    assert client.get("/imports/new/").context["form"]["register"].value() is None


def test_a_new_register_is_not_typed_into_an_old_one(client, register):
    page = send_file(client, NUMBERS, register=register, at="", **NEW)
    words = "Choose “A new register”, or empty what is typed for it."
    assert (page.status_code, errors(page)) == (422, {"register": [words]} | AGAIN)
    assert ImportRun.objects.count() == 0


def test_a_file_waits_for_its_answers(client, register, risk_manager):
    page = send_file(client, WORDS, register=register, filename="登记册.csv")
    run = ImportRun.objects.get()
    assert (page.status_code, page["Location"]) == (302, page_of(run))
    assert (run.target, run.new_target, run.file.filename) == ("SVC", None, "登记册.csv")
    assert (run.made_by, run.state) == (risk_manager, "uploaded")
    assert actions_of(run) == ["import.uploaded"]
    assert Risk.objects.count() == 0


@pytest.mark.parametrize(("made", "name"), [(xls, "旧.xls"), (ods, "libre.ods")])
def test_workbooks_of_other_programs(client, register, made, name):
    content = made(("Risks", REGISTER))
    send_file(client, content, register=register, filename=name)
    run = ImportRun.objects.get()
    assert (run.file.filename, bytes(run.file.read())) == (name, content)
    page = client.get(page_of(run))
    assert [row.title for row in page.context["page"]] == [row[1] for row in REGISTER[1:]]


def test_a_new_register_is_made_by_the_import(client, ops, risk_manager):
    page = send_file(client, NUMBERS, at="", **NEW, department=ops.pk)
    run = ImportRun.objects.get()
    assert page["Location"] == page_of(run)
    assert run.target == "NEW-1"
    assert run.new_target == {"name_zh": "Repairs", "name_en": "Repairs", "department": "OPS"}
    assert not Register.objects.filter(code="NEW-1").exists()
    import_now(run, by=risk_manager)
    assert Register.objects.get(code="NEW-1").department == ops


def test_a_name_given_in_chinese_is_the_chinese_name(risk_manager, ops, sign_in):
    client = sign_in(risk_manager, locale="zh-hans")
    send_file(client, NUMBERS, at="", **NEW | {"name": "维修"}, department=ops.pk)
    new = ImportRun.objects.get().new_target
    assert (new["name_zh"], new["name_en"]) == ("维修", "")


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"code": "SVC", "name": "x"}, {"code": ["There is a register with this code. Choose another one."]}),
        ({"code": "a b", "name": "x"}, {"code": ["Letters, digits and . - _ only."]}),
        ({"code": "N/1", "name": "x"}, {"code": ["Letters, digits and . - _ only."]}),
        ({"code": "N"}, {"name": ["A new register needs this. Or choose a register above."]}),
        ({}, {"code": ["A new register needs this. Or choose a register above."],
              "name": ["A new register needs this. Or choose a register above."]}),
    ],
)  # fmt: skip
def test_a_new_register_that_cannot_be(fields, fault, client, register, ops):
    page = send_file(client, NUMBERS, at="", **fields, department=ops.pk)
    assert (page.status_code, errors(page)) == (422, fault | AGAIN)
    page = send_file(client, NUMBERS, at="", **fields, department=ops.pk, **htmx("page"))
    assert (page.status_code, errors(page)) == (422, fault)
    assert ImportRun.objects.count() == 0


def test_only_registers_that_one_keeps(register, tech, sign_in):
    manager = make_user("tech.manager", "技术风险员", "risk_manager", tech)
    own = create_register(by=None, code="TECH", name_zh="技术", department=tech)
    client = sign_in(manager)
    form = client.get("/imports/new/").context["form"]
    assert [one.code for one in form.fields["register"].queryset] == ["TECH"]
    assert [one.code for one in form.fields["department"].queryset] == ["TECH"]
    assert client.get(URL).status_code == 404
    page = send_file(client, NUMBERS, register=register, at="")
    assert list(errors(page)) == ["register", "file"]
    assert ImportRun.objects.count() == 0
    assert send_file(client, NUMBERS, register=own, at="").status_code == 302


def test_a_register_that_one_only_sees(register, clean, risk_manager, sign_in):
    """A risk of one's own department stands in it; the register is another's."""
    make_risk(register, by=risk_manager, department=clean)
    client = sign_in(make_user("clean.manager", "保洁风险员", "risk_manager", clean))
    assert client.get(URL).status_code == 403
    assert send_file(client, NUMBERS, register=register).status_code == 403
    assert ImportRun.objects.count() == 0


def test_an_archived_register_takes_nothing(client, register):
    Register.objects.filter(pk=register.pk).update(state="archived")
    assert client.get(URL).context["form"]["register"].value() is not None
    assert list(errors(send_file(client, NUMBERS, register=register))) == ["register", "file"]


@pytest.mark.parametrize("who", ["head_cleaning", "staff_cleaning", "approver", "auditor", "admin"])
def test_who_may_not(who, register, request, sign_in):
    client = sign_in(request.getfixturevalue(who))
    assert client.get(URL).status_code == 403
    assert send_file(client, NUMBERS, register=register).status_code == 403
    assert ImportRun.objects.count() == StoredFile.objects.count() == 0


def test_a_register_that_is_not_there(client):
    assert client.get("/registers/NONE/import/").status_code == 404


def test_wrong_method(client, register):
    assert client.delete(URL).status_code == 405


# ---------- files that are no table: a sentence, nothing kept ----------


def bomb():
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", b" " * 80_000_000)
    return stream.getvalue()


def million_cells():
    return with_sheet('<row r="1"><c r="XFD1048576"><v>1</v></c></row>')


def macros():
    return with_parts(workbook(REGISTER), {"xl/vbaProject.bin": b"x"})


HOSTILE = {
    "zip bomb": (bomb, "a.xlsx", "The workbook unpacks to more than 64 MB."),
    "million cells": (million_cells, "a.xlsx", "Sheet “Sheet1”, row 1048576, column XFD: the limit"),
    "macro parts": (macros, "a.xlsx", "Workbooks with macros (vbaProject.bin) are refused."),
    "macro name": (lambda: workbook(REGISTER), "a.xlsm", "Workbooks with macros (.xlsm) are"),
    "garbage": (lambda: bytes(range(256)) * 90, "a.csv", "The file is no readable text."),
    "garbage as xlsx": (lambda: b"PK\x03\x04" + b"\xff" * 500, "a.xlsx", "The workbook is damaged."),
    "empty": (lambda: b"", "a.csv", "The file is empty."),
    "wrong ending": (lambda: workbook(REGISTER), "a.csv", "The name ends in .csv, but the content"),
    "no ending": (lambda: csv_text(REGISTER).encode(), "risks", "The file name has no ending."),
    "picture": (lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "a.csv", "The name ends in .csv, but"),
    "old excel": (lambda: xls(REGISTER), "a.xlsx", "The name ends in .xlsx, but the content is that of"),
    "old garbage": (lambda: xls(REGISTER)[:8] + b"\0" * 600, "a.xls", "The workbook is damaged."),
    "million sheets": (lambda: ods(*[[]] * 1001), "a.ods", "The workbook is damaged."),
    "pdf": (lambda: b"%PDF-1.7\n", "a.pdf", "RiskHub reads XLSX, XLS and ODS workbooks"),
    "too large": (lambda: b"a,b\n" * 2_700_000, "a.csv", "The file is larger than 10 MB."),
    "too many rows": (lambda: b"Risk\n" * 20_002, "a.csv", "Row 20001: the limit is 20000 rows."),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files(name, client, register):
    make, filename, sentence = HOSTILE[name]
    page = send_file(client, make(), filename=filename, register=register)
    assert page.status_code == 422
    [fault] = errors(page)["file"]
    assert fault.startswith(sentence)
    assert page.text.count('class="rh-error"') == 1
    assert ImportRun.objects.count() == StoredFile.objects.count() == Risk.objects.count() == 0


def test_a_huge_name_is_cut_and_keeps_its_ending(client, register):
    page = send_file(client, NUMBERS, filename="风险" * 400 + ".csv", register=register)
    assert page.status_code == 302
    name = ImportRun.objects.get().file.filename
    assert (len(name), name[-4:]) == (255, ".csv")


def test_a_name_with_a_path_and_signs(client, register):
    send_file(client, NUMBERS, filename="..\\..//etc/<b>\u202e.csv", register=register)
    assert ImportRun.objects.get().file.filename.endswith(".csv")
    assert "/" not in ImportRun.objects.get().file.filename


def test_no_file(client, register):
    page = client.post(URL, {"register": register.pk})
    assert (page.status_code, errors(page)) == (422, {"file": ["Choose a file."]})
