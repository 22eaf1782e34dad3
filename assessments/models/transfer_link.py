from django.db import models
from django.db.models import Func, Q
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from assessments.models.plan import PlanVersion
from registers.models import ContractClause, InsurancePolicy, Supplier


class TransferLink(models.Model):
    """To what a submitted version passes the risk on: exactly one of the three."""

    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="transfer_links")
    policy = models.ForeignKey(
        InsurancePolicy, models.PROTECT, null=True, blank=True, related_name="plan_links"
    )
    clause = models.ForeignKey(
        ContractClause, models.PROTECT, null=True, blank=True, related_name="plan_links"
    )
    supplier = models.ForeignKey(
        Supplier, models.PROTECT, null=True, blank=True, related_name="plan_links"
    )

    class Meta:
        verbose_name = _("transfer of a plan")
        constraints = [
            models.CheckConstraint(
                name="transfer_link_to_exactly_one",
                condition=Q(
                    Exact(
                        Func(
                            "policy",
                            "clause",
                            "supplier",
                            function="num_nonnulls",
                            output_field=models.IntegerField(),
                        ),
                        1,
                    )
                ),
            ),
            models.UniqueConstraint(
                fields=["version", "policy", "clause", "supplier"],
                name="transfer_link_once",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        transfer = self.policy or self.clause or self.supplier
        return f"{transfer.code} {transfer.name}" if transfer else ""
