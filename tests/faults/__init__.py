"""What goes wrong from outside, with real processes: killed, cut off, sent what is no file.

The suite runs each story small. `FAULTS=full` runs it with the figures of RELIABILITY 4:

    FAULTS=full .venv/bin/python -m pytest -q -s tests/faults
"""

import os

IS_FULL = os.environ.get("FAULTS") == "full"
