from typing import Any

from riskhub.files.services import erase_attachments, tidy_files


def erase_owed(_payload: dict[str, Any]) -> None:
    erase_attachments()
    tidy_files()
