"""What a record may say, and the names that columns have for it. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from unicodedata import normalize

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

_PLAIN = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Field:
    """`title` is its msgid. `names` are spelt as `heading_key` does."""

    name: str
    title: str
    names: frozenset[str]
    is_needed: bool = False

    @property
    def words(self) -> str:
        return gettext(self.title)


def heading_key(text: str) -> str:
    """One spelling of the name of a column: capitals, blanks, width and signs aside."""
    return _PLAIN.sub("", normalize("NFKC", text).casefold())


def _field(name: str, title: str, names: str, *, needed: bool = False) -> Field:
    known = {heading_key(one) for one in (name, title, *names.split(","))}
    return Field(name, title, frozenset(known), needed)


_NUMBER = "id, number, no, ticket, case, case number, incident number, complaint number, key, "
_NUMBER_ZH = (
    "编号, 单号, 工单号, 工单编号, 留言编号, 投诉编号, 事件编号, 事故编号, 外部编号, 流水号"
)
_LINE = _field(
    "service_line", _("Service line"), "line, business line, 服务线, 业务线, 服务类型, 服务项目"
)
_DEPARTMENT = _field("department", _("Department"), "dept, unit, team, 部门, 责任部门, 受理部门")
_ORDER = _field("order_ref", _("Order"), "order number, order no, order id, 订单, 订单号, 订单编号")
_CAUSE = _field("root_cause", _("Root cause"), "cause, reason, 根本原因, 根因, 原因")

COMPLAINT_FIELDS = (
    _field("external_id", _("Number there"), _NUMBER + _NUMBER_ZH, needed=True),
    _field(
        "text", _("Text"),
        "complaint, description, details, message, 内容, 投诉内容, 留言详情, 留言内容, 问题描述, 描述, 详情",
        needed=True,
    ),
    _field("subject", _("Subject"), "title, summary, 主题, 标题, 留言主题, 投诉主题"),
    _field(
        "received_at", _("Received at"),
        "received, opened at, opened, created at, created, date, time, complaint time, "
        "时间, 投诉时间, 留言时间, 受理时间, 收到时间, 创建时间, 登记时间",
        needed=True,
    ),
    _field(
        "replied_at", _("First contact at"),
        "first contact, first reply, replied, reply time, reply at, 答复时间, 回复时间, "
        "首次联系时间, 首次响应时间",
    ),
    _field("reply", _("Reply"), "answer, response, 答复, 回复, 答复意见, 答复内容, 回复内容"),
    _field(
        "closed_at", _("Closed at"), "closed, resolved at, resolved, 关闭时间, 办结时间, 结案时间, 完成时间"
    ),
    _field("closed_reason", _("Why it ended"), "result, outcome, resolution, 处理结果, 办理结果, 结案说明"),
    _CAUSE,
    _field("channel", _("Channel"), "source channel, contact type, 渠道, 来源渠道, 投诉渠道, 受理渠道"),
    _field("category", _("Category"), "type, kind, 类别, 分类, 投诉类别, 投诉类型"),
    _field("severity", _("Severity"), "priority, level, urgency, 严重程度, 紧急程度, 优先级, 等级"),
    _DEPARTMENT,
    _LINE,
    _ORDER,
    _field("customer", _("Customer number"), "customer id, user, user id, 客户编号, 留言用户, 用户, 会员号"),
    _field("contact_name", _("Name"), "customer name, caller, 姓名, 客户姓名, 联系人, 投诉人"),
    _field("contact_phone", _("Telephone"), "phone, mobile, tel, 电话, 手机, 联系电话, 手机号, 客户电话"),
    _field("contact_email", _("Mail address"), "email, e-mail, mail, 邮箱, 电子邮箱, 电子邮件"),
    _field("contact_address", _("Address"), "customer address, home address, 地址, 客户地址, 服务地址"),
    _field("satisfaction", _("Satisfaction, 1 to 5"), "satisfaction, rating, 满意度, 评分"),
)  # fmt: skip

Fields = Iterable[Field]
