from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.files.models import StoredFile
from riskhub.files.store import store_bytes


def store_file(
    content: bytes, *, by: User | None, kind: str, filename: str, mime: str
) -> StoredFile:
    """The content goes to disk first, whole and synced; then the row says that it is there."""
    digest = store_bytes(content)
    with acting(by, "file.stored"):
        return StoredFile.objects.create(
            kind=kind,
            filename=filename[:255],
            mime=mime,
            size=len(content),
            sha256=digest,
            uploaded_by=by,
        )
