"""How large a file may be. Checked before anything is parsed."""

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Bytes, counts and characters; the rows and columns count from A1, as a sheet does."""

    file_bytes: int = 10 * MEBIBYTE
    unpacked_bytes: int = 64 * MEBIBYTE
    parts: int = 1000
    rows: int = 20_000
    columns: int = 256
    cells: int = 1_000_000
    characters: int = 32 * MEBIBYTE


DEFAULT_LIMITS = Limits()
