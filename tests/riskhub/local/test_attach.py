"""`manage.py` completes its own environment."""

import stat

import pytest

from riskhub.local.engines import Addresses
from riskhub.local.environment import complete
from riskhub.local.folder import DataFolder
from riskhub.local.keys import kept_secret


def test_two_commands_at_once_both_work(machine):
    both = [machine.start("manage.py", "showmigrations", "sessions") for _ in range(2)]
    for process in both:
        assert process.communicate()[0] == "sessions\n [ ] 0001_initial\n"
        assert process.returncode == 0
    machine.wait_until_nothing_runs()


def test_a_command_without_need_starts_nothing(machine):
    process = machine.start("manage.py", "version")
    assert process.communicate()[0].startswith("5.2")
    assert not machine.folder.logs.exists()


@pytest.mark.parametrize(
    ("given", "mode"),
    [
        ({}, "local"),
        ({"RISKHUB_MODE": "production"}, "production"),
        ({"DATABASE_URL": "postgresql://db/riskhub"}, None),
        ({"DATABASE_URL": "postgresql://db/riskhub", "RISKHUB_MODE": "local"}, "local"),
    ],
)
def test_only_a_local_installation_gets_mode_and_key(tmp_path, given, mode):
    environ = dict(given)

    complete(environ, DataFolder(tmp_path), Addresses(tmp_path, tmp_path))

    assert environ.get("RISKHUB_MODE") == mode
    assert ("SECRET_KEY" in environ) == (mode == "local")


def test_a_database_of_ones_own_stays(tmp_path):
    environ = {"DATABASE_URL": "postgresql://db/riskhub", "REDIS_URL": "redis://cache/0"}

    complete(environ, DataFolder(tmp_path), Addresses(None, None))

    assert environ == {
        "DATABASE_URL": "postgresql://db/riskhub",
        "REDIS_URL": "redis://cache/0",
        "RISKHUB_DATA": str(tmp_path),
    }


def test_a_kept_secret_is_made_once_and_private(tmp_path):
    path = tmp_path / "var" / "secret_key"

    first = kept_secret(path)

    assert kept_secret(path) == first
    assert len(first) == 50
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]
