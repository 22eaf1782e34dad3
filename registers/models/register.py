from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from registers.choices import REGISTER_NEXT_STATES, RegisterState
from registers.models.taxonomy import ServiceLine
from registers.querysets import RegisterQuerySet
from riskhub.accounts.bilingual import Named
from riskhub.accounts.models import Department
from riskhub.entry.columns import Code, Prose


class Register(Named):
    """One list of risks: of the company, a service line or a project. All share one matrix."""

    code = Code(_("code"), max_length=40, unique=True)
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="registers", verbose_name=_("department")
    )
    service_line = models.ForeignKey(
        ServiceLine,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="registers",
        verbose_name=_("service line"),
    )
    description = Prose(_("description"), blank=True)
    state = models.CharField(
        max_length=8, choices=RegisterState.choices, default=RegisterState.ACTIVE
    )
    row_version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    next_states: ClassVar[Mapping[str, frozenset[str]]] = REGISTER_NEXT_STATES
    objects = RegisterQuerySet.as_manager()

    class Meta:
        verbose_name = _("register")
        constraints = [
            models.UniqueConstraint(
                Upper("code"),
                name="register_code_once",
                violation_error_message=_(
                    "There is a register with this code. Choose another one."
                ),
            )
        ]
