"""The product's processes as they run on one machine, and what befalls them."""

import os
import random
import signal
import socket
import time
import urllib.request
from contextlib import contextmanager, suppress
from pathlib import Path

from riskhub.local.programs import programs
from riskhub.web.limits import _redis

HOST = "127.0.0.1"
PATIENCE = 90


class Company:
    """Web, worker and beat; `kills` counts what was killed."""

    def __init__(self, environ, folder, *, is_hurried):
        with socket.socket() as free:
            free.bind((HOST, 0))
            self.port = free.getsockname()[1]
        self.environ = os.environ | environ
        self.web, self.worker, self.beat = programs(environ=self.environ, address=(HOST, self.port),
                                                    run=folder)  # fmt: skip
        if is_hurried:
            named = [*self.worker.argv]
            named[named.index("riskhub")] = "tests.faults.hurried"
            self.worker.argv = named
        self.kills = 0
        self.began = set()

    def start(self):
        for program in self.all:
            program.start()
        self.note()
        self.wait_for_web()

    def note(self):
        """Each is the leader of a group, which may outlive it."""
        self.began |= {program.process.pid for program in self.all if program.process}

    @property
    def all(self):
        return self.web, self.worker, self.beat

    def wait_for_web(self):
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with suppress(OSError), urllib.request.urlopen(f"http://{HOST}:{self.port}/healthz"):
                return
            time.sleep(0.05)
        raise RuntimeError("The web process does not answer.")

    def tend(self):
        """What ended by itself is started again, as the supervisor does."""
        for program in self.all:
            program.tend()
        self.note()

    def kill(self, program):
        """All of its processes at once and without a word; then it is started again."""
        kill_whole(program)
        self.kills += 1
        program.start()
        self.note()

    def kill_one_of_its_pool(self, program):
        """The worker itself lives on, and begins another."""
        if children := children_of(program.process.pid):
            os.kill(random.choice(children), signal.SIGKILL)  # noqa: S311 - no secret
            self.kills += 1
        else:
            self.kill(program)

    def flush_redis(self):
        _redis(self.environ["REDIS_URL"]).flushdb()


@contextmanager
def running(environ, folder, *, is_hurried):
    company = Company(environ, folder, is_hurried=is_hurried)
    try:
        company.start()
        yield company
    finally:
        for program in company.all:
            if program.process:
                kill_whole(program)
        for group in company.began:  # the children of one that ended by itself
            with suppress(ProcessLookupError):
                os.killpg(group, signal.SIGKILL)


def kill_whole(program):
    with suppress(ProcessLookupError):
        os.killpg(program.process.pid, signal.SIGKILL)
    program.process.wait()


def children_of(pid):
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
