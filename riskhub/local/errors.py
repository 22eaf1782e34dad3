"""What the one-machine start tells a person, in one sentence and without a traceback."""


class LocalError(Exception):
    """Something on this machine stands in the way; the message says what and what to do."""
