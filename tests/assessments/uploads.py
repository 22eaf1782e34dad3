"""Files on their way in: small registers made here, uploaded through the service."""

from uuid import uuid4

from assessments.services.imports import upload_register
from tests.riskhub.imports.made_files import csv_text

NAMES = ["编号", "风险名称", "可能性", "影响", "责任人", "部门", "状态", "等级"]
WORDS = [
    NAMES,
    ["1", "客户家中漏水", "高", "高", "周立", "ops", "开放", "重大"],
    ["2", "地面湿滑摔倒", "低", "低", "路人甲", "", "关闭", "一般"],
    ["3", "钥匙丢失", "中", "", "", "仓库", "", ""],
]
NUMBERS = [
    ["Risk", "Likelihood", "Impact", "Residual likelihood", "Residual impact"],
    ["Gas leak in a home", 4, 5, 2, 5],
    ["Slips on wet floors", 2, 2, 2, 2],
    ["Late arrival", 5, 1, 4, 1],
]
SCALES = {"probability": {"高": 4, "中": 3, "低": 2}, "impact": {"高": 4, "低": 2}}
DEFAULTS = {"category": "operational", "department": "OPS", "source": "audit"}
ANSWERS = {"scales": SCALES, "defaults": DEFAULTS}


def unlike_any(rows, row=0):
    """The same register in a file of its own, for a test that damages what is on the disk.

    Files are kept by their content, and tests that run side by side share them. With a row of the
    table what is kept of its rows is of its own as well.
    """
    mark = uuid4().hex
    changed = [f"{rows[row][0]} {mark}"] if row else [*rows[0], mark]
    return [*rows[:row], changed, *rows[row + 1 :]]


def uploaded(rows, *, by, code="SVC", filename="risks.csv", mapping=None, new=None):
    """A run that waits for its answers; rows are lists, or the bytes of a file."""
    content = rows if isinstance(rows, bytes) else csv_text(rows).encode()
    return upload_register(
        content, by=by, filename=filename, register_code=code, new=new, mapping=mapping
    )


def answered(rows=NUMBERS, *, by, **fields):
    """A run that may be started."""
    return uploaded(rows, by=by, **{"mapping": {"defaults": DEFAULTS}} | fields)
