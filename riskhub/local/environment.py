"""The environment of a command on this machine: embedded engines unless others are named."""

import os
from collections.abc import MutableMapping

from riskhub.local.attach import Attachment
from riskhub.local.engines import POSTGRES, VALKEY, Addresses
from riskhub.local.folder import DataFolder, data_folder
from riskhub.local.keys import kept_secret

EXTERNAL = {POSTGRES: "DATABASE_URL", VALKEY: "REDIS_URL"}


def wanted_engines(environ: MutableMapping[str, str]) -> list[str]:
    return [engine for engine, variable in EXTERNAL.items() if not environ.get(variable)]


def complete(environ: MutableMapping[str, str], folder: DataFolder, found: Addresses) -> None:
    """Fill in what is not set. With a database of one's own, mode and key are one's own too."""
    is_local = not environ.get("DATABASE_URL") or environ.get("RISKHUB_MODE") == "local"
    environ.setdefault("RISKHUB_DATA", str(folder.root))
    for name, value in found.environment().items():
        if not environ.get(name):
            environ[name] = value
    if is_local:
        environ.setdefault("RISKHUB_MODE", "local")
        if environ["RISKHUB_MODE"] == "local" and not environ.get("SECRET_KEY"):
            environ["SECRET_KEY"] = kept_secret(folder.root / "secret_key")


def unstarted(folder: DataFolder) -> Addresses:
    """Well-formed addresses for a command that will not use them."""
    return Addresses(folder.run, folder.run / "none.sock")


def prepare(needs_engines: bool) -> Attachment | None:
    """Complete this process's environment for Django; the engines run as long as it lives."""
    folder = data_folder()
    attachment = None
    wanted = wanted_engines(os.environ)
    if wanted and needs_engines:
        attachment = Attachment(folder, wanted)
        found = attachment.open()
    else:
        found = unstarted(folder)
    complete(os.environ, folder, found)
    return attachment
