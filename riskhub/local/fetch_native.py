"""`python3 riskhub/local fetch-native`: what PDF reports need, without installing anything.

Debian and Ubuntu: a private apt state, download, unpack into `.native/`. Runs on the machine's own
Python before the environment exists, so it knows nothing but the standard library.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from riskhub.local import native

LIBRARIES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "libfontconfig1")
FONTS = ("fonts-noto-cjk",)
CHINESE_FONTS = ("*CJK*", "*SourceHan*", "*wqy*", "*PingFang*", "*Hiragino Sans GB*")
FONT_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
)
TRY_AGAIN_SECONDS = 24 * 60 * 60

CONFIGURATION = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
</fontconfig>
"""


class Unavailable(Exception):  # noqa: N818 - an answer, not a fault
    """Why this machine gives no packages."""


def wanted_packages() -> list[str]:
    wanted = list(LIBRARIES) if native.missing() else []
    return wanted if has_chinese_font() else [*wanted, *FONTS]


def has_chinese_font() -> bool:
    folders = [Path(name).expanduser() for name in FONT_FOLDERS]
    found = (path for folder in folders for kind in CHINESE_FONTS for path in folder.rglob(kind))
    return next(found, None) is not None


def fetch(packages: list[str]) -> None:
    for program in ("apt-get", "dpkg-deb"):
        if not shutil.which(program):
            raise Unavailable(f"{program} is not here")
    work = native.NATIVE / "apt"
    shutil.rmtree(work, ignore_errors=True)
    for name in ("lists/partial", "archives/partial"):
        (work / name).mkdir(parents=True)
    shutil.copy("/var/lib/dpkg/status", work / "status")
    apt = ["apt-get", "-qq", *_options(work)]
    _run([*apt, "update"])
    _run([*apt, "-y", "--no-install-recommends", "--download-only", "install", *packages])
    making = native.NATIVE / "root.making"
    shutil.rmtree(making, ignore_errors=True)
    for archive in sorted((work / "archives").glob("*.deb")):
        _run(["dpkg-deb", "--extract", str(archive), str(making)])
    shutil.rmtree(native.ROOT, ignore_errors=True)
    making.rename(native.ROOT)


def _options(work: Path) -> list[str]:
    settings = {
        "Dir::State": work,
        "Dir::State::status": work / "status",
        "Dir::State::lists": work / "lists",
        "Dir::Cache": work,
        "Dir::Cache::archives": work / "archives",
        "Debug::NoLocking": 1,
        "APT::Sandbox::User": "",
        "Acquire::Languages": "none",
        "Acquire::Retries": 1,
        "Acquire::http::Timeout": 10,
        "Acquire::https::Timeout": 10,
    }
    return [part for name, value in settings.items() for part in ("-o", f"{name}={value}")]


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        lines = (done.stderr or done.stdout).strip().splitlines() or ["no reason given"]
        raise Unavailable(f"{command[0]}: {lines[-1]}")


def write_fonts_file() -> None:
    """Only when the fonts are private; the system's configuration stays in force beside ours."""
    fonts = native.ROOT / "usr/share/fonts"
    if fonts.exists():
        text = CONFIGURATION.format(fonts=fonts, cache=native.NATIVE / "cache")
        native.FONTS_FILE.write_text(text)


def main() -> int:
    packages = wanted_packages()
    if not packages:
        return 0
    tried = native.NATIVE / "tried"
    digest = hashlib.sha256(" ".join(packages).encode()).hexdigest()
    if tried.exists() and tried.read_text() == digest:
        age = time.time() - tried.stat().st_mtime
        if native.ROOT.exists() or age < TRY_AGAIN_SECONDS:
            return 0
    os.umask(0o022)
    native.NATIVE.mkdir(exist_ok=True)
    reason = ""
    try:
        fetch(packages)
        write_fonts_file()
    except (Unavailable, OSError) as error:
        reason = str(error)
    shutil.rmtree(native.NATIVE / "apt", ignore_errors=True)
    tried.write_text(digest)
    if reason:
        print(f"{native.ADVICE}\n(Tried to get them: {reason}.)", file=sys.stderr)
    return 0
