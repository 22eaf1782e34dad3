from riskhub.files.services.attachments import attach_files, remove_attachment, store_file
from riskhub.files.services.comments import add_comment, withdraw_comment
from riskhub.files.services.erasing import ERASE, derive_erasing, erase_attachments, tidy_files

__all__ = [
    "ERASE",
    "add_comment",
    "attach_files",
    "derive_erasing",
    "erase_attachments",
    "remove_attachment",
    "store_file",
    "tidy_files",
    "withdraw_comment",
]
