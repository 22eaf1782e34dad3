"""`python riskhub/local supervise|keep`: the processes that watch others.

They run without the application: a bare package stands in for `riskhub`, whose own `__init__`
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
    from riskhub.local import keeper  # noqa: PLC0415 - after the stand-in

    if arguments[:1] == ["keep"]:
        return keeper.main(arguments[1:])
    from riskhub.local import supervisor  # noqa: PLC0415 - after the stand-in

    return supervisor.main()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
