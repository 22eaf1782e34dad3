"""Who keeps the engines up, and for how long."""

import os
import signal
import time

import psycopg

from riskhub.local.engines import Addresses, database_url
from riskhub.local.roles import OWNER, RUNTIME


def connect(machine, role=OWNER):
    sockets = Addresses.read(machine.folder.state).postgres
    return psycopg.connect(database_url(sockets, role), autocommit=True)


def test_engines_stop_with_their_last_user(machine):
    user = machine.use_engines()

    user.stdin.close()

    assert user.wait(5) == 1  # EOFError: an error inside the command changes nothing
    machine.wait_until_nothing_runs()
    assert not machine.folder.state.exists()


def test_engines_stop_when_their_user_is_killed(machine):
    machine.use_engines().kill()

    machine.wait_until_nothing_runs()


def test_engines_stop_when_their_keeper_is_killed(machine):
    user = machine.use_engines()

    os.kill(machine.pid_of(" keep "), signal.SIGKILL)
    user.kill()

    machine.wait_until_nothing_runs()


def test_two_commands_share_the_engines_and_the_first_may_end_first(machine):
    first, second = machine.use_engines(), machine.use_engines()

    first.kill()
    time.sleep(0.4)

    with connect(machine) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    second.kill()
    machine.wait_until_nothing_runs()


def test_a_command_that_comes_while_the_engines_stop_starts_them_again(machine):
    for _ in range(3):
        machine.use_engines().kill()

    machine.wait_until_nothing_runs()


def test_a_dead_engine_is_started_again(machine):
    machine.use_engines()
    before = machine.pid_of("bin/postgres")

    os.kill(before, signal.SIGKILL)

    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            with connect(machine) as connection:
                assert connection.execute("SELECT 1").fetchone() == (1,)
            break
        except psycopg.OperationalError:
            time.sleep(0.05)
    assert machine.pid_of("bin/postgres") != before


def test_data_survive_and_the_run_time_role_reads_and_writes_rows_only(machine):
    first = machine.use_engines()
    with connect(machine) as owner:
        owner.execute("CREATE TABLE kept (id serial PRIMARY KEY)")
    first.kill()
    machine.wait_until_nothing_runs()

    machine.use_engines()

    with connect(machine, RUNTIME) as runtime:
        runtime.execute("INSERT INTO kept DEFAULT VALUES")
        assert runtime.execute("SELECT id FROM kept").fetchall() == [(1,)]
        for refused in ("DROP TABLE kept", "TRUNCATE kept", "CREATE TABLE other ()"):
            try:
                runtime.execute(refused)
            except psycopg.errors.InsufficientPrivilege:
                continue
            raise AssertionError(refused)
