"""Records of elsewhere as tests need them: small tables, uploaded or taken as they are."""

from incidents.records.kinds import KINDS
from incidents.records.outcomes import Batch
from incidents.records.reading import Answers
from incidents.records.table import Raw
from incidents.services.record_import import check_records, take_records
from incidents.services.record_runs import upload_records
from tests.riskhub.imports.made_files import csv_text

HEADINGS = [
    "投诉编号", "投诉内容", "投诉时间", "答复时间", "答复内容", "关闭时间", "联系电话", "订单号", "渠道",
]  # fmt: skip
OVER = [
    "A-1", "水龙头漏水泡坏地板", "2024-03-01 09:00", "2024-03-01 10:00", "已致电道歉", "2024-03-05 12:00",
    "138 1234 5678", "DD-1", "phone",
]  # fmt: skip
STILL_OPEN = ["A-2", "师傅迟到两小时", "2024-03-20 09:00", "", "", "", "13812345678", "", "微信"]
BROKEN = ["A-3", "没人来", "昨天", "", "", "", "", "", "fax"]
ROWS = [HEADINGS, OVER, STILL_OPEN, BROKEN]


def batch(*records, kind="complaints", source="crm", **answers):
    """Records are dicts by field."""
    raws = [Raw(number, cells) for number, cells in enumerate(records, start=1)]
    return Batch(KINDS[kind], raws, Answers(source, **answers))


def told(**fields):
    """A complaint as another program tells it."""
    return {
        "external_id": "1", "text": "漏水", "received_at": "2024-03-01 09:00", "channel": "phone",
    } | fields  # fmt: skip


def take(*records, by, **fields):
    return take_records(batch(*records, **fields), by=by)


def errors_of(*records, **fields):
    """What is said of each record that is not taken, in words."""
    return [
        [str(one) for one in found.messages] for found in check_records(batch(*records, **fields))
    ]


def uploaded(rows=ROWS, *, by, kind="complaints", source="crm", filename="old.csv"):
    content = rows if isinstance(rows, bytes) else csv_text(rows).encode()
    return upload_records(content, by=by, kind=KINDS[kind], source=source, filename=filename)
