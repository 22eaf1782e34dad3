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

INCIDENT_FIELDS = (
    _field("external_id", _("Number there"), _NUMBER + _NUMBER_ZH, needed=True),
    _field(
        "text", _("Text"),
        "incident, description, details, what happened, 内容, 事故经过, 事件描述, 事故描述, 经过, 描述, 详情",
        needed=True,
    ),
    _field("subject", _("Subject"), "title, summary, short description, 主题, 标题"),
    _field(
        "occurred_at", _("Happened at"),
        "occurred, happened, opened at, opened, date, time, 发生时间, 事发时间, 时间, 日期",
        needed=True,
    ),
    _field(
        "reported_at", _("Reported at"), "reported, created at, created, 上报时间, 报告时间, 登记时间"
    ),
    _field("kind", _("Kind"), "type, incident type, category, 类型, 事件类型, 事故类型, 类别", needed=True),
    _field(
        "department", _("Department"), "dept, unit, team, assignment group, 部门, 责任部门", needed=True
    ),
    _LINE,
    _field("place", _("Place"), "location, where, 地点, 发生地点, 位置, 环节"),
    _ORDER,
    _field(
        "immediate_action", _("Done at once"), "action, immediate action, 应急措施, 立即措施, 处理措施"
    ),
    _field("actual_severity", _("Severity"), "actual severity, 严重程度, 实际严重程度, 后果等级"),
    _field(
        "potential_severity", _("Severity as it could have been"), "potential, 潜在严重程度, 可能的严重程度"
    ),
    _CAUSE,
    _field("risk", _("Risk"), "risk code, risk number, 风险, 风险编号"),
    _field("known_before", _("Stood in the register before"), "known, known before, 此前已登记, 已识别"),
    _field("closed_at", _("Closed at"), "closed, resolved at, resolved, 关闭时间, 结案时间, 办结时间"),
)  # fmt: skip

MONTH_FIELDS = (
    _field("month", _("Month"), "period, date, 月份, 月, 年月, 统计月份", needed=True),
    _field(
        "service_line", _("Service line"), "line, business line, 服务线, 业务线, 服务项目", needed=True
    ),
    _field(
        "orders", _("Orders"), "order count, number of orders, 订单数, 订单量, 单量", needed=True
    ),
    _field("care_days", _("Days of care"), "care, 照护天数, 照护人天, 护理天数"),
    _field("staff_days", _("Days of staff"), "staff, 出勤天数, 人天, 员工天数"),
)  # fmt: skip
