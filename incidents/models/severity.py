from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from incidents.choices import ClockKind
from riskhub.accounts.bilingual import Named, in_language
from riskhub.entry.columns import Line


class Severity(Named):
    """How fast a complaint or an incident has to be answered. Minutes, of all hours or of those worked."""

    code = models.CharField(_("code"), max_length=2, unique=True)
    when_zh = Line(_("when, in Chinese"), max_length=200, blank=True)
    when_en = Line(_("when, in English"), max_length=200, blank=True)
    clock = models.CharField(_("counted in"), max_length=8, choices=ClockKind.choices)
    first_contact = models.PositiveIntegerField(_("first contact, minutes"))
    offer = models.PositiveIntegerField(_("offer, minutes"))
    close = models.PositiveIntegerField(_("closing, minutes"))
    row_version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    steps: ClassVar = ("first_contact", "offer", "close")

    class Meta:
        ordering = ["code"]
        verbose_name = _("severity")
        constraints = [
            models.CheckConstraint(
                name="severity_minutes_rise",
                condition=models.Q(
                    first_contact__gt=0,
                    offer__gte=models.F("first_contact"),
                    close__gte=models.F("offer"),
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def when(self) -> str:
        return in_language(self.when_zh, self.when_en)
