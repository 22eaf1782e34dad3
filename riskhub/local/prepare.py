"""`python -m riskhub.local.prepare`: bring a data folder up to date before the web starts."""

import contextlib
import io
import os
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command, get_commands

from riskhub.local.catalogues import compile_catalogues
from riskhub.local.locks import Lock
from riskhub.local.stamps import Stamp, files_below

DEMO_LINES = "demo.txt"
FIRST_LINES = "first_user.txt"
_PATIENCE = 120
FIRST_USER = """\
Nobody can sign in yet. Whoever opens this address makes the first account and sets the company up:
  %s
"""


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "riskhub.settings")
    for path in settings.LOCALE_PATHS:
        compile_catalogues(Path(path))
    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    collect_static()
    load_library()
    seed_demo()
    tell_first_user()


def collect_static() -> None:
    """When our own files or the packages they come with have changed.

    Several installations may run from one folder and share what is collected: one of them collects,
    the others wait for it and find it done.
    """
    root = Path(settings.STATIC_ROOT)
    inputs = [f for folder in settings.STATICFILES_DIRS for f in files_below(Path(folder))]
    inputs.append(settings.BASE_DIR / "requirements.txt")
    stamp = Stamp(root / "collected", inputs)
    with Lock(root.with_name(f"{root.name}.lock")) as lock:
        lock.take(patience=_PATIENCE)
        if not (stamp.is_fresh() and (root / "staticfiles.json").exists()):
            call_command("collectstatic", verbosity=0, interactive=False, clear=root.exists())
            stamp.put()


def load_library() -> None:
    """On an empty database and when the library's files have changed."""
    if "load_library" not in get_commands():
        return
    folders = [Path(config.path) / "library" for config in apps.get_app_configs()]
    inputs = [f for folder in folders if folder.is_dir() for f in files_below(folder)]
    stamp = Stamp(settings.DATA_DIR / "stamps" / "library", inputs)
    if is_empty() or not stamp.is_fresh():
        call_command("load_library")
        stamp.put()


def seed_demo() -> None:
    """The demo company on an empty database; what the command prints is shown at each start."""
    lines = settings.DATA_DIR / DEMO_LINES
    if not is_empty() or "seed_demo" not in get_commands():
        return
    lines.unlink(missing_ok=True)
    if os.environ.get("RISKHUB_DEMO") != "1":
        return
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        call_command("seed_demo", stdout=said)
    lines.touch(mode=0o600)
    lines.write_text(said.getvalue(), "utf-8")


def tell_first_user() -> None:
    """What is shown at each start until somebody has an account."""
    lines = settings.DATA_DIR / FIRST_LINES
    if is_empty():
        from riskhub.setup.first_key import first_path  # noqa: PLC0415 - after django.setup()

        # The supervisor knows where the product answers and puts it in front.
        lines.write_text(FIRST_USER % f"{{url}}{first_path().lstrip('/')}", "utf-8")
    else:
        lines.unlink(missing_ok=True)


def is_empty() -> bool:
    """Nobody has an account here yet."""
    from django.contrib.auth import get_user_model  # noqa: PLC0415 - after django.setup()

    return not get_user_model().objects.exists()


if __name__ == "__main__":
    main()
