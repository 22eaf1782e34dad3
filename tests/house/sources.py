"""What the rules are held against."""

import ast
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("riskhub", "registers", "assessments", "incidents")


@dataclass(frozen=True)
class Source:
    """One file: `path` is relative to the repository."""

    path: Path
    text: str

    @cached_property
    def tree(self):
        return ast.parse(self.text)

    @property
    def layer(self):
        """`views` for registers/views/risks.py and for riskhub/web/views.py."""
        names = {*self.path.parts[:-1], self.path.stem}
        return next((name for name in LAYERS if name in names), "")

    def at(self, node, sentence):
        return f"{self.path}:{node.lineno} {sentence}"


LAYERS = ("urls", "views", "api", "forms", "filters", "tasks", "services", "permissions", "models",
          "querysets", "choices")  # fmt: skip


def python_sources(*roots):
    found = (path for root in roots for path in _files(ROOT / root))
    return [_read(path) for path in found if "migrations" not in path.parts]


def _files(root):
    return [root] if root.is_file() else sorted(root.rglob("*.py"))


def template_sources():
    return [_read(path) for path in sorted((ROOT / "templates").rglob("*.html"))]


def _read(path):
    return Source(path.relative_to(ROOT), path.read_text(encoding="utf-8"))
