"""The libraries and fonts that WeasyPrint needs: the system's, or the private ones in `.native/`."""

import ctypes
import os
import sys
from collections.abc import MutableMapping
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
NATIVE = PROJECT / ".native"
ROOT = NATIVE / "root"
FONTS_FILE = NATIVE / "fonts.conf"
NEEDED = (
    "libgobject-2.0.so.0",
    "libpango-1.0.so.0",
    "libharfbuzz.so.0",
    "libharfbuzz-subset.so.0",
    "libfontconfig.so.1",
    "libpangoft2-1.0.so.0",
)
ADVICE = (
    "PDF reports need Pango and a Chinese font. Debian and Ubuntu: "
    "apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk; "
    "macOS: brew install pango."
)


def preload() -> None:
    """Before `import weasyprint`, in the process that renders: make private libraries findable.

    What the system has wins. Harmless where nothing private is there.
    """
    use_fonts(os.environ)
    if sys.platform != "linux" or not missing():
        return
    left = [path for path in sorted(ROOT.glob("**/*-linux-gnu/*.so.*")) if path.is_symlink()]
    while left:  # a library loads once those it needs are loaded
        still = [path for path in left if not _loads(str(path))]
        if len(still) == len(left):
            return
        left = still


def use_fonts(environ: MutableMapping[str, str]) -> None:
    """Point fontconfig (here, and in a browser started from here) to the private fonts."""
    if FONTS_FILE.exists():
        environ.setdefault("FONTCONFIG_FILE", str(FONTS_FILE))


def missing() -> list[str]:
    """The libraries that neither the system nor an earlier preload() provides."""
    return [name for name in NEEDED if not _loads(name)]


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name, mode=ctypes.RTLD_GLOBAL)
    except OSError:
        return False
    return True
