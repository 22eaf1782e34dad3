"""What PostgreSQL's folder and account may look like before it starts."""

import os
import shutil
import signal
from pathlib import Path

import pytest

from riskhub.local.accounts import NOBODY
from riskhub.local.attach import Attachment
from riskhub.local.engines import Addresses
from riskhub.local.folder import DataFolder
from riskhub.local.postgres import Postgres

AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="needs root")


def refused(machine):
    process = machine.start("manage.py", "migrate", "--check")
    said = process.communicate()[0]
    assert process.returncode == 1, said
    return said


def test_a_pid_file_left_by_a_crash_may_name_a_process_of_somebody_else(machine):
    user = machine.use_engines()
    os.kill(machine.pid_of("bin/postgres"), signal.SIGKILL)
    os.kill(machine.pid_of(" keep "), signal.SIGKILL)
    user.kill()
    machine.wait_until_nothing_runs()
    pid_file = Postgres(machine.folder).data / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]))

    machine.use_engines()

    assert pid_file.read_text().splitlines()[0] == str(machine.pid_of("bin/postgres"))


def test_a_path_too_long_for_a_socket_gets_a_short_private_folder(machine, tmp_path):
    machine.root = tmp_path / ("long" * 30) / "data"
    machine.folder = type(machine.folder)(machine.root)

    user = machine.use_engines()

    found = Addresses.read(machine.folder.state)
    for folder in (found.postgres, found.valkey.parent):
        assert len(str(folder)) < 60
        assert folder.stat().st_mode & 0o777 == 0o700
    user.kill()
    machine.wait_until_nothing_runs()
    assert not found.postgres.exists()


def test_a_path_may_hold_what_people_type(machine, tmp_path):
    machine.root = tmp_path / "Our risks, 2026 家政"
    machine.folder = type(machine.folder)(machine.root)

    process = machine.start("manage.py", "showmigrations", "sessions")

    assert process.communicate()[0] == "sessions\n [ ] 0001_initial\n"


def test_another_version_is_refused_with_a_recipe(machine):
    machine.use_engines().kill()
    machine.wait_until_nothing_runs()
    (Postgres(machine.folder).data / "PG_VERSION").write_text("15\n")

    said = refused(machine)

    assert "is PostgreSQL 15; this installation brings PostgreSQL 18." in said
    assert "Traceback" not in said
    machine.wait_until_nothing_runs()


@AS_ROOT
def test_root_without_user_namespaces_hands_postgres_to_nobody(machine, tmp_path):
    machine.use_engines().kill()  # made by root in a user namespace first
    machine.wait_until_nothing_runs()

    machine.use_engines(RISKHUB_NO_USER_NAMESPACE="1")

    server = machine.pid_of("bin/postgres")
    assert Path(f"/proc/{server}").stat().st_uid == NOBODY


def migrated(machine):
    """Whether the database of this folder knows the tables, as a command sees it."""
    process = machine.start(
        "manage.py", "showmigrations", "sessions", RISKHUB_NO_USER_NAMESPACE="1"
    )
    return "[X] 0001_initial" in process.communicate()[0]


@AS_ROOT
def test_a_data_folder_made_anew_does_not_find_the_former_database(machine):
    said = machine.start("manage.py", "migrate", "sessions", "-v0", RISKHUB_NO_USER_NAMESPACE="1")
    assert said.communicate()[0] == ""
    assert migrated(machine)
    former = Path(machine.folder.postgres_pointer.read_text().strip())
    assert former.parent != machine.root
    machine.wait_until_nothing_runs()

    shutil.rmtree(machine.root)
    try:
        assert not migrated(machine)
    finally:
        shutil.rmtree(former)


@AS_ROOT
def test_a_temporary_folder_leaves_nothing_outside_itself(tmp_path, monkeypatch):
    monkeypatch.setenv("RISKHUB_NO_USER_NAMESPACE", "1")
    folder = DataFolder(tmp_path / "data")
    attachment = Attachment(folder, fast=True, temporary=True)
    attachment.open()
    elsewhere = Path(folder.postgres_pointer.read_text().strip())
    assert (elsewhere / "BELONGS_TO").read_text().strip() == str(folder.root)

    attachment.close()
    attachment.wait_until_stopped(patience=10)

    assert not folder.root.exists()
    assert not elsewhere.exists()
