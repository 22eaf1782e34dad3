from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models.functions import Cast

from registers.choices import ControlType
from riskhub.accounts.bilingual import in_language
from riskhub.search.functions import SearchVector


class LibraryEntry(models.Model):
    """Starter content as shipped, by its code. `body` is the library's YAML."""

    code = models.CharField(max_length=20, unique=True)
    order = models.PositiveSmallIntegerField(default=0)
    body = models.JSONField()

    class Meta:
        abstract = True
        ordering = ["order"]

    def text(self, key: str) -> str:
        """One bilingual text of the body in the active language."""
        value = self.body.get(key) or {}
        return in_language(value.get("zh", ""), value.get("en", ""))


class LibraryRisk(LibraryEntry):
    """A starter risk; adopting it makes an ordinary risk."""

    # With its examples, which are told as staff tell what they see.
    search = models.GeneratedField(
        expression=SearchVector(Cast("body", models.TextField())),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

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
    def controls(self) -> list[str]:
        """The codes of the library's controls that act on it."""
        return list(self.body.get("controls") or ())

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


class LibraryControl(LibraryEntry):
    """A starter control; adopting it makes a control of the company's own."""

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def name(self) -> str:
        return self.text("name")

    @property
    def evidence(self) -> str:
        return self.text("evidence")

    @property
    def type(self) -> str:
        return str(self.body["type"])

    @property
    def type_words(self) -> str:
        return str(ControlType(self.type).label)

    @property
    def days(self) -> int:
        """Checked every so many days."""
        return int(self.body["check_days"])

    @property
    def number(self) -> int:
        """The number in its code."""
        return int(self.code.rpartition("-")[2])

    @property
    def words(self) -> str:
        """What it is searched by."""
        pairs = (self.body.get(key) or {} for key in ("name", "evidence"))
        return " ".join([self.code, *(text for pair in pairs for text in pair.values())])
