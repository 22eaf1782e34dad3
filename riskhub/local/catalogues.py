"""Message catalogues, compiled by Babel: a bare machine has no msgfmt."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def compile_catalogues(folder: Path) -> list[Path]:
    """Compile what is older than its source; the compiled files."""
    compiled = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parents[1].name, domain=source.stem)
        making = target.with_suffix(".making")
        with making.open("wb") as file:
            write_mo(file, catalogue)
        making.replace(target)
        compiled.append(target)
    return compiled
