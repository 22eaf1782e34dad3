from registers.models import Register, ServiceLine
from riskhub.accounts.models import Department, User
from riskhub.audit.context import acting
from riskhub.entry.texts import capitals


def create_register(
    *,
    by: User | None,
    code: str,
    name_zh: str,
    department: Department,
    name_en: str = "",
    service_line: ServiceLine | None = None,
    description: str = "",
) -> Register:
    with acting(by, "register.created"):
        register = Register(
            code=capitals(code), name_zh=name_zh, name_en=name_en, department=department,
            service_line=service_line, description=description,
        )  # fmt: skip
        register.full_clean()
        register.save()
        return register
