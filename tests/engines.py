"""Early plugin: one private PostgreSQL and Valkey for the whole session, before settings are read.

xdist workers inherit the addresses through the environment. The engines' keeper watches a lock of
this process: when the session ends, `kill -9` included, it stops both and removes their folder.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from riskhub.local import processes
from riskhub.local.attach import Attachment
from riskhub.local.catalogues import compile_catalogues
from riskhub.local.environment import EXTERNAL
from riskhub.local.folder import PROJECT, DataFolder

ROOM = 4 << 30  # bytes; a session needs about one
_attachment = pytest.StashKey[Attachment]()
_migration = pytest.StashKey[subprocess.Popen]()


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config):
    os.environ.setdefault("RISKHUB_MODE", "local")
    os.environ.setdefault("SECRET_KEY", "only-for-tests-" * 4)
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker:  # the same broker, a part of one's own
        os.environ["REDIS_URL"] += f"?virtual_host={int(worker.removeprefix('gw')) % 15 + 1}"
        return
    compile_catalogues(PROJECT / "locale")
    root = Path(tempfile.mkdtemp(prefix="riskhub-tests-", dir=_in_memory()))
    _keep_bytecode(root / "bytecode")
    os.environ["RISKHUB_DATA"] = str(root / "data")
    (root / "data").mkdir()
    wanted = [engine for engine, variable in EXTERNAL.items() if not os.environ.get(variable)]
    attachment = Attachment(DataFolder(root), wanted, fast=True, temporary=True)
    os.environ.update(attachment.open().environment())
    early_config.stash[_attachment] = attachment
    if getattr(early_config.known_args_namespace, "numprocesses", None):
        early_config.stash[_migration] = _begin_to_migrate()
    _collect_static(root / "static")


def _in_memory():
    """After each test that commits a database of a thousand files is copied: four times as fast there."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
    if "TMPDIR" in os.environ:  # somebody said where
        return None
    if os.access(memory, os.W_OK) and shutil.disk_usage(memory).free >= ROOM:
        return memory
    return None


def _begin_to_migrate():
    """While the workers collect: both would wait for it. Should it fail, a worker does it and says why."""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "riskhub.settings"}
    return processes.start(
        [sys.executable, "-m", "tests.database"],
        death_signal=signal.SIGKILL,
        output=subprocess.DEVNULL,
        env=environment,
        cwd=PROJECT,
    )


def _keep_bytecode(folder):
    """Tests start many processes: where none may write beside the source, they share a folder."""
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
        os.environ["PYTHONPYCACHEPREFIX"] = str(folder)


def _collect_static(folder):
    """Pages name their files by hash, as in production: a clean clone has collected none yet."""
    os.environ["STATIC_ROOT"] = str(folder)
    command = [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0", "--skip-checks"]
    subprocess.run(command, cwd=PROJECT, check=True)


def pytest_unconfigure(config):
    if migration := config.stash.get(_migration, None):
        migration.kill()  # nobody needed a database
        migration.wait()
    attachment = config.stash.get(_attachment, None)
    if attachment:
        attachment.close()
        attachment.wait_until_stopped(patience=10)
