"""One spelling of JSON for one content, so that equal data have an equal hash."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any


def write_canonical(content: Mapping[str, Any]) -> str:
    """Keys sorted, no blanks, characters as they are. NaN and infinity are refused (ValueError)."""
    return json.dumps(
        content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def read_canonical(text: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(text)
    return content


def digest_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()
