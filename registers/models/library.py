from django.db import models

from riskhub.accounts.bilingual import in_language


class LibraryRisk(models.Model):
    """A starter risk as shipped; adopting it makes an ordinary risk. `body` is the library's YAML."""

    code = models.CharField(max_length=20, unique=True)
    order = models.PositiveSmallIntegerField(default=0)
    body = models.JSONField()

    class Meta:
        ordering = ["order"]

    def __str__(self) -> str:
        return f"{self.code} {self.text('title')}"

    def text(self, key: str) -> str:
        """One bilingual text of the body in the active language."""
        value = self.body.get(key) or {}
        return in_language(value.get("zh", ""), value.get("en", ""))

    @property
    def title(self) -> str:
        return self.text("title")

    @property
    def event(self) -> str:
        return self.text("event")

    @property
    def area(self) -> str:
        """The code of its area, or empty."""
        return str(self.body.get("area", ""))

    @property
    def words(self) -> str:
        """What it is searched by: its code and its text in both languages."""
        texts = [self.body.get(key) or {} for key in ("title", "cause", "event", "consequence")]
        return " ".join([self.code, *(text for pair in texts for text in pair.values())])

    @property
    def guess(self) -> str:
        """The library's first guess at probability and impact, as “2, 5”."""
        scores = self.body.get("indicative") or {}
        return f"{scores['p']}, {scores['i']}" if scores else ""
