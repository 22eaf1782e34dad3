"""The one command, with real processes."""

import os
import signal
import socket
import time
import urllib.request

import pytest

from tests.riskhub.local.conftest import LOCAL


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def supervise(machine, port, **more):
    return machine.start(str(LOCAL), "supervise", PORT=str(port), DEMO="0", **more)


def read_until(process, part):
    said = ""
    for line in process.stdout:
        said += line
        if part in line:
            return said
    raise AssertionError(said)


def test_a_whole_life(machine, port):
    first = supervise(machine, port)
    said = read_until(first, f"READY http://127.0.0.1:{port}/")
    assert "Nobody can sign in yet." in said
    assert f"http://127.0.0.1:{port}/setup/first/" in said
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
        assert answer.status == 200

    second = supervise(machine, port + 1)
    assert f"already runs in this folder (http://127.0.0.1:{port}/)" in second.communicate()[0]
    assert second.returncode == 1

    worker = machine.pid_of(" worker ")
    os.kill(worker, signal.SIGKILL)
    read_until(first, "worker ended (-9); again in 1 s")

    first.kill()
    machine.wait_until_nothing_runs(seconds=20)

    third = supervise(machine, port)
    read_until(third, "READY")
    third.stdout.close()  # as `make run | head` does
    asked_at = time.monotonic()
    third.send_signal(signal.SIGINT)
    assert third.wait(10) == 0
    assert time.monotonic() - asked_at < 5
    machine.wait_until_nothing_runs(seconds=0)


def test_a_busy_port_gets_a_sentence(machine):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        process = supervise(machine, taken)
        said = process.communicate()[0]
    assert process.returncode == 1
    assert f"Port {taken} is not free (Address already in use)." in said
    assert f"make run PORT={taken + 1}" in said


@pytest.mark.parametrize("wrong", ["http", "99999"])
def test_a_port_that_is_none_gets_a_sentence(machine, wrong):
    process = supervise(machine, wrong)
    assert "PORT must be" in process.communicate()[0]
    assert process.returncode == 1
