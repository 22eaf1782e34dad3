"""`python riskhub/local supervise|keep|fetch-native`: what runs without the application.

A bare package stands in for `riskhub`, whose own `__init__`
loads Celery (35 MB in each).
"""

import sys
from pathlib import Path
from types import ModuleType

_HERE = Path(__file__).resolve().parent
_bare = ModuleType("riskhub")
_bare.__path__ = [str(_HERE.parent)]
sys.modules["riskhub"] = _bare
sys.path[0] = str(_HERE.parent.parent)


def main(arguments: list[str]) -> int:
    """Each imports only what it needs: `fetch-native` runs before anything is installed."""
    match arguments:
        case ["supervise"]:
            from riskhub.local.supervisor import main as supervise  # noqa: PLC0415

            return supervise()
        case ["keep", *rest]:
            from riskhub.local.keeper import main as keep  # noqa: PLC0415

            return keep(rest)
        case ["fetch-native"]:
            from riskhub.local.fetch_native import main as fetch  # noqa: PLC0415

            return fetch()
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
