"""What a start prepares, and what it tells those who cannot sign in yet."""

from threading import Event, Thread

import pytest

from riskhub.local import prepare
from riskhub.local.prepare import FIRST_LINES, FIRST_USER, collect_static, tell_first_user
from riskhub.setup.first_key import first_path
from tests.cast import make_user


@pytest.mark.django_db
def test_until_there_is_a_first_user(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    tell_first_user()
    told = (tmp_path / FIRST_LINES).read_text()
    assert told == FIRST_USER % f"{{url}}{first_path().lstrip('/')}"
    make_user("first", "First", "admin")
    tell_first_user()
    assert not (tmp_path / FIRST_LINES).exists()
    tell_first_user()


@pytest.fixture
def collected(settings, tmp_path, monkeypatch):
    """How often was collected; the first time as long as `may_end` is not set."""
    root, runs = tmp_path / "static", []
    settings.STATIC_ROOT, settings.DATA_DIR = root, tmp_path / "one"
    settings.STATICFILES_DIRS = [tmp_path / "own"]
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "app.js").write_text("1")

    def collect(*_names, **_options):
        runs.append("")
        collect.has_begun.set()
        assert collect.may_end.wait(10)
        root.mkdir(exist_ok=True)
        (root / "staticfiles.json").write_text("{}")

    collect.has_begun, collect.may_end, collect.runs = Event(), Event(), runs
    monkeypatch.setattr(prepare, "call_command", collect)
    return collect


def test_who_starts_beside_another_one_waits_and_finds_it_done(collected):
    starts = [Thread(target=collect_static) for _number in range(2)]
    starts[0].start()
    assert collected.has_begun.wait(10)
    starts[1].start()
    collected.may_end.set()
    for start in starts:
        start.join(10)
    assert len(collected.runs) == 1


def test_another_installation_leaves_what_is_collected(collected, settings, tmp_path):
    """It may be in use; only what has changed is collected anew."""
    collected.may_end.set()
    for name in ("one", "two"):
        settings.DATA_DIR = tmp_path / name
        collect_static()
    assert len(collected.runs) == 1
    (tmp_path / "own" / "app.js").write_text("22")
    collect_static()
    assert len(collected.runs) == 2
