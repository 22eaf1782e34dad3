"""The tests' own engines (tests/engines.py) leave nothing behind either."""

import time

from riskhub.local.folder import PROJECT

TEST = """
import time
def test_waits():
    print("waiting", flush=True)
    time.sleep(60)
"""


def test_a_killed_test_session_leaves_no_process_and_no_folder(machine, tmp_path):
    file = tmp_path / "test_waits.py"
    file.write_text(TEST)
    machine.root = tmp_path  # whatever names it
    options = ["-c", str(PROJECT / "pyproject.toml"), "-p", "no:cacheprovider", "-s"]
    session = machine.start(
        "-m", "pytest", *options, str(file), TMPDIR=str(tmp_path), PYTEST_XDIST_WORKER=""
    )
    for line in session.stdout:
        if "waiting" in line:
            break
    assert list(tmp_path.glob("riskhub-tests-*"))

    session.kill()

    machine.wait_until_nothing_runs()
    deadline = time.monotonic() + 3
    while (left := list(tmp_path.glob("riskhub-*"))) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert left == []
