"""Encodings, delimiters, quotes and limits of delimited text."""

import pytest

from assessments.register_import.layout import judge_header
from riskhub.imports.limits import Limits
from riskhub.imports.sentences import FileRefusedError
from riskhub.imports.tables import read_tables
from tests.riskhub.imports.made_files import csv_text

CHINESE = [
    ["风险描述", "发生概率", "影响程度", "责任人"],
    ["地面湿滑，客户摔倒", 3, 5, "王五"],
    ["燃气泄漏", 1, 4, "李四"],
]
ENGLISH = [
    ["Risk", "Likelihood", "Impact", "Owner"],
    ["Café “fire” – naïve", 3, 5, "José"],
    ["Flood", 1, 4, "Ann"],
]


def read(data, name="a.csv", **limits):
    return read_tables(data, name, judge_header, Limits(**limits))


def rows(data, **limits):
    return read(data, **limits).sheets[0].rows


def refusal(data, name="a.csv", **limits):
    with pytest.raises(FileRefusedError) as refused:
        read(data, name, **limits)
    return str(refused.value)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
        ("gb18030", "gb18030"),
        ("gbk", "gb18030"),
    ],
)
def test_chinese_text(encoding, found, delimiter):
    file = read(csv_text(CHINESE, delimiter).encode(encoding))
    assert (file.kind, file.encoding, file.delimiter) == ("csv", found, delimiter)
    assert file.sheets[0].name is None
    assert file.sheets[0].rows == [[str(cell) for cell in row] for row in CHINESE]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16", "gb18030"])
def test_western_text(encoding):
    file = read(csv_text(ENGLISH, ";").encode(encoding))
    assert file.sheets[0].rows[1] == ["Café “fire” – naïve", "3", "5", "José"]


def test_traditional_chinese():
    text = "風險描述,機率,影響,負責人\n員工摔傷,3,5,王小明\n客戶資料外洩,2,4,陳大文\n"
    assert rows(text.encode("big5"))[1] == ["員工摔傷", "3", "5", "王小明"]


def test_utf_8_with_a_few_broken_bytes_keeps_the_rest():
    data = csv_text(CHINESE * 10).encode() + b"\xe9\xa3,1,2,x\n"
    assert rows(data)[0] == CHINESE[0]
    assert "\ufffd" in rows(data)[-1][0]


def test_quoted_breaks_commas_and_quotes_are_one_cell_and_one_row():
    text = 'Risk,Cause\r\n"Fire, or ""smoke""","one\ntwo\r\nthree"\r\n\r\nFlood,rain'
    assert rows(text.encode()) == [
        ["Risk", "Cause"], ['Fire, or "smoke"', "one\ntwo\nthree"], [], ["Flood", "rain"],
    ]  # fmt: skip


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(end):
    text = end.join(["Risk,Cause", "Fire,smoke", "Flood,rain"])
    assert len(rows(text.encode())) == 3


def test_the_delimiter_is_the_one_that_gives_a_header():
    text = "Register; of all, known, risks\nRisk;Cause, in words\nFire;a, b, c\nFlood;d, e, f\n"
    assert rows(text.encode())[1] == ["Risk", "Cause, in words"]


def test_a_line_that_names_the_delimiter():
    found = rows(b"sep=^\r\nRisk^Cause\r\nFire^a\r\n")
    assert found == [["sep=", None], ["Risk", "Cause"], ["Fire", "a"]]


def test_text_written_as_a_formula_keeps_its_zeros():
    assert rows(b'Risk ID,Risk\n"=""0001""",Fire\n')[1] == ["0001", "Fire"]


def test_a_quote_never_closed():
    data = b'ID,Risk\n1,Fire\n2,"Flood\n3,Storm\n'
    assert refusal(data) == (
        "Row 3, column B: a quotation mark is opened and never closed. Close it, or write it twice."
    )


def test_a_cell_too_long():
    data = b'ID;Risk\n1;Fire\n2;"Flood' + b"\nx" * 20_000
    assert refusal(data) == (
        "Row 3: a cell has more than 32767 characters. Look for a quotation mark never closed."
    )


def test_limits():
    data = csv_text(ENGLISH).encode()
    assert refusal(data, rows=2).startswith("Row 3: the limit is 2 rows.")
    assert refusal(data, columns=3).startswith("Row 1, column D: the limit is 3 columns.")
    assert refusal(data, cells=11).startswith("Row 3: the limit is 11 cells.")
    assert refusal(b"," * 2_000_000).startswith("Row 1, column DITOC: the limit is 256 columns.")


@pytest.mark.parametrize(
    "data",
    [bytes(range(256)) * 40, b"\x00" * 5000, b"\x01\x02\x03" * 100, b"Risk\x00\x01\x02,a\n" * 50],
)
def test_bytes_that_are_no_text(data):
    assert refusal(data) == (
        "The file is no readable text. Save the table as .xlsx, or as CSV in UTF-8."
    )


def test_a_markdown_table_under_another_name():
    text = "# Risks\n\n| 风险描述 | 概率 |\n|----------|:----:|\n| 火灾 | 高 |\n"
    assert refusal(text.encode(), "risks.txt") == (
        "This is a Markdown text, not a table file. Copy its table into a sheet, save it as .xlsx."
    )


def test_a_path_is_read_up_to_the_limit(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(csv_text(ENGLISH).encode())
    assert len(read(path).sheets[0].rows) == 3
    assert refusal(path, file_bytes=20).startswith("The file has")
