from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    RISK_MANAGER = "risk_manager", _("Risk manager")
    DEPARTMENT_HEAD = "department_head", _("Department head")
    STAFF = "staff", _("Staff")
    CUSTOMER_SERVICE = "customer_service", _("Customer service")
    APPROVER = "approver", _("Approver (management)")
    FINANCE = "finance", _("Finance")
    AUDITOR = "auditor", _("Auditor")
    ADMIN = "admin", _("Administrator")


LENT = (Role.APPROVER, Role.RISK_MANAGER)
"""By these decisions are taken: a stand-in takes them in the name of whoever holds one."""


class DepartmentKind(TextChoices):
    RISK = "risk", _("Risk department")
    BUSINESS = "business", _("Business department")
    MANAGEMENT = "management", _("Management")
    AUDIT = "audit", _("Audit")


class Theme(TextChoices):
    AUTO = "auto", _("As the device")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")
