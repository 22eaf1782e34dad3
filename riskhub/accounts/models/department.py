from django.db import models
from django.utils.translation import gettext_lazy as _

from riskhub.accounts.bilingual import Named
from riskhub.accounts.choices import DepartmentKind
from riskhub.accounts.querysets import DepartmentQuerySet
from riskhub.entry.columns import Code


class Department(Named):
    """A part of the company; `path` holds the ids from the root down, as `/3/17/`.

    The database writes the path, refuses a circle, and a head who does not belong to the department.
    """

    code = Code(_("code"), max_length=20, unique=True)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
    )
    path = models.CharField(max_length=255, editable=False, default="", db_index=True)
    kind = models.CharField(
        _("kind"), max_length=12, choices=DepartmentKind.choices, default=DepartmentKind.BUSINESS
    )
    head = models.ForeignKey(
        "User", models.SET_NULL, null=True, blank=True, related_name="headed",
        verbose_name=_("head"),
    )  # fmt: skip
    is_active = models.BooleanField(_("active"), default=True)

    row_version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="department_not_its_own_parent", condition=~models.Q(parent=models.F("id"))
            )
        ]

    @property
    def depth(self) -> int:
        """0 for what belongs to no other."""
        return self.path.count("/") - 2

    @property
    def tree_step(self) -> int:
        """How far it is set in where the tree is shown: 0 to 4."""
        return min(self.depth, 4)
