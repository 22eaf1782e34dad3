"""How the service runs, step by step, and which risks live at which step."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from registers.models.risk import Risk
from registers.models.taxonomy import ServiceLine
from registers.process_querysets import NodeRiskQuerySet, ProcessNodeQuerySet
from riskhub.accounts.bilingual import Named, in_language
from riskhub.accounts.models import Department
from riskhub.entry.columns import Code, Line


class ProcessMap(Named):
    """One process of the company; `order` is its place in the list."""

    code = Code(_("code"), max_length=20, unique=True)
    service_line = models.ForeignKey(
        ServiceLine, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("service line"),
    )  # fmt: skip
    department = models.ForeignKey(
        Department, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("responsible department"),
    )  # fmt: skip
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("process map")
        ordering = ["order", "code"]


class ProcessNode(Named):
    """One step of a process; its `key` names it within the map, in whatever version."""

    map = models.ForeignKey(
        ProcessMap, models.PROTECT, related_name="nodes", verbose_name=_("process map")
    )
    key = Code(_("key"), max_length=40)
    department = models.ForeignKey(
        Department, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("department"),
    )  # fmt: skip
    input_zh = Line(_("input in Chinese"), max_length=300, blank=True)
    input_en = Line(_("input in English"), max_length=300, blank=True)
    output_zh = Line(_("output in Chinese"), max_length=300, blank=True)
    output_en = Line(_("output in English"), max_length=300, blank=True)
    is_support = models.BooleanField(_("supports other steps"), default=False)
    order = models.PositiveSmallIntegerField(default=0)

    objects = ProcessNodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("process step")
        ordering = ["map", "order"]
        constraints = [
            models.UniqueConstraint(fields=["map", "key"], name="process_node_key_once_per_map")
        ]

    @property
    def input(self) -> str:
        return in_language(self.input_zh, self.input_en)

    @property
    def output(self) -> str:
        return in_language(self.output_zh, self.output_en)


class NodeRisk(models.Model):
    """A risk lives at a step. By the key of the step: it stays when the map gets a new version."""

    map = models.ForeignKey(
        ProcessMap, models.PROTECT, related_name="node_risks", verbose_name=_("process map")
    )
    node_key = models.CharField(_("key of the process step"), max_length=40)
    risk = models.ForeignKey(Risk, models.PROTECT, related_name="node_risks")

    objects = NodeRiskQuerySet.as_manager()

    class Meta:
        verbose_name = _("risk at a process step")
        constraints = [
            models.UniqueConstraint(fields=["map", "node_key", "risk"], name="node_risk_once")
        ]

    def __str__(self) -> str:
        return f"{self.map.code} {self.node_key}"
