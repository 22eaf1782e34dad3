"""What is sent to change registers, archive them and open them again."""

from django.utils import timezone

from registers.models import Register, Risk
from riskhub.audit.context import acting
from riskhub.imports.models import ImportRun


def nothing_open(world):
    """As if everything in the register had been settled before."""
    with acting(world.people["manager"], "risk.closed"):
        risks = Risk.objects.open().filter(register__code=world.value("register", "own"))
        risks.update(state="closed", closed_reason="停止", closed_at=timezone.now())
        ImportRun.objects.filter(state="uploaded").update(state="discard")
    return {"sent": "1"}


def archived(world):
    """As if it had been archived before."""
    with acting(world.people["manager"], "register.archived"):
        Register.objects.filter(code=world.value("register", "own")).update(state="archived")
    return {"sent": "1"}


SENT_TO_REGISTERS = {
    "registers:register_edit": lambda _world: {"name_zh": "改名"},
    "registers:register_archive": nothing_open,
    "registers:register_reopen": archived,
}
