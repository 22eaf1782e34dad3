"""Every check there is. `make test` runs them all; each can be run by hand as it stands here."""

import os
import secrets
import sys
from dataclasses import dataclass, field
from pathlib import Path

from tests.checks.covered import MEASURED

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = Path("/usr/bin/chromium")
PACKAGES = ("riskhub", "registers", "assessments", "incidents")
# Rules: every branch of these is tried.
RULES = (
    "services", "permissions", "querysets", "transitions", "roles", "matrix", "demands",
    "plans/content", "plans/changes", "plans/targets", "schemes/content", "schemes/differences",
    "register_import", "entry", "chain", "calendar", "canonical", "formulas", "safety",
)  # fmt: skip


@dataclass(frozen=True)
class Check:
    name: str
    argv: list[str]
    environ: dict[str, str] = field(default_factory=dict)


def tool(name, *arguments):
    return [str(Path(sys.executable).with_name(name)), *arguments]


def python(*arguments):
    return [sys.executable, *arguments]


def templates():
    return sorted(str(path.relative_to(ROOT)) for path in (ROOT / "templates").rglob("*.html"))


def static_checks():
    """They read, and share nothing: run side by side."""
    production = {
        "RISKHUB_MODE": "production",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "ALLOWED_HOSTS": "riskhub.example",
        "RISKHUB_DEMO": "0",
    }
    django = python("manage.py")
    return [
        Check("types", tool("mypy")),
        Check("form", tool("ruff", "format", "--check", ".")),
        Check("lint", tool("ruff", "check", ".")),
        Check("template form", tool("djade", "--check", "--target-version=5.2", *templates())),
        Check("template lint", tool("djlint", "--lint", "--quiet", "templates")),
        Check("layers", tool("lint-imports", "--no-logo")),
        Check("missing migrations", [*django, "makemigrations", "--check", "--dry-run"]),
        Check("safe migrations", python("-m", "tests.checks.migrations")),
        Check("catalogues", python("-m", "tests.catalogue")),
        Check("deploy", [*django, "check", "--deploy", "--fail-level=WARNING"], production),
    ]


def tests(*, workers):
    """The tests, then what they must have covered."""
    browser = [] if CHROMIUM.exists() or is_ci() else ["-m", "not browser"]
    parallel = [f"-n{workers}"] if workers > 1 else []
    tests_alone = "ignore:Unable to activate pytest branch coverage:RuntimeWarning"
    measured = python(
        "-W", tests_alone, "-m", "slipcover", "--json", "--out", str(MEASURED), "-m", "pytest", "-q"
    )
    covered = python("-m", "tests.checks.covered")
    return [
        Check("tests", [*measured, *parallel, *browser]),
        Check("coverage 95 %", [*covered, "95"]),
        Check("coverage of rules 100 %", [*covered, "100", *RULES]),
    ]


def is_ci():
    return os.environ.get("CI", "").lower() in {"1", "true", "yes"}
