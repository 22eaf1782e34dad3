"""What the environment says, or a file that it names: SECRET_KEY, or SECRET_KEY_FILE with a path."""

import environ
from environ.fileaware_mapping import FileAwareMapping


class NamedFiles(FileAwareMapping):  # type: ignore[misc]  # comes without types
    """A file ends with the end of a line, a secret does not."""

    def __getitem__(self, name: str) -> str:
        value: str = super().__getitem__(name)
        return value.rstrip("\r\n")


class Environment(environ.Env):  # type: ignore[misc]  # comes without types
    ENVIRON = NamedFiles()
