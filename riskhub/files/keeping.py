"""Between the check and the row: bytes that are stored, and a signed word that they were checked.

A form that is refused for another reason gives its files back as such words, so that nobody chooses
them twice. The word says nothing about who sent it, and is good for a day.
"""

from base64 import b64encode
from dataclasses import asdict, dataclass
from datetime import timedelta

from django.core import signing
from django.utils.translation import gettext as _

from riskhub.files.checking import CheckedFile, UploadRefused
from riskhub.files.choices import AttachmentKind
from riskhub.files.store import FileDamaged, is_stored, open_stored, store_bytes
from riskhub.files.unreachable import StoreUnreachable

KEPT_FOR = timedelta(days=1)
_SALT = "riskhub.files.kept"


@dataclass(frozen=True)
class KeptFile:
    """Checked and stored under its hash; not yet anybody's."""

    kind: str
    filename: str
    mime: str
    size: int
    sha256: str
    received_sha256: str
    width: int | None = None
    height: int | None = None
    thumbnail_sha256: str = ""
    thumbnail_size: int = 0

    @property
    def token(self) -> str:
        return signing.dumps(asdict(self), salt=_SALT, compress=True)

    @property
    def thumbnail_url(self) -> str:
        """The small picture itself, for a page that shows it before it has an address."""
        try:
            content = open_stored(self.thumbnail_sha256) if self.thumbnail_sha256 else b""
        except (FileDamaged, StoreUnreachable):
            content = b""
        return f"data:image/jpeg;base64,{b64encode(content).decode()}" if content else ""

    @property
    def is_photo(self) -> bool:
        return self.kind == AttachmentKind.PHOTO


def keep_file(checked: CheckedFile) -> KeptFile:
    """Stored, whole. A full disk, or a storage that is away, is said in words: the rest can be sent."""
    try:
        digest = store_bytes(checked.content)
        small = store_bytes(checked.thumbnail) if checked.thumbnail else ""
    except OSError as fault:
        sentence = _("“%(name)s” cannot be stored now. Send the form without it, and it later.")
        raise UploadRefused(sentence % {"name": checked.filename}) from fault
    return KeptFile(
        checked.kind, checked.filename, checked.mime, len(checked.content), digest,
        checked.received_sha256, checked.width, checked.height, small, len(checked.thumbnail),
    )  # fmt: skip


def kept_file(token: str) -> KeptFile | None:
    """What the word stands for; None for one that is not ours, too old, or whose bytes are gone."""
    try:
        kept = KeptFile(**signing.loads(token, salt=_SALT, max_age=KEPT_FOR))
    except (signing.BadSignature, TypeError, ValueError):
        return None
    digests = filter(None, (kept.sha256, kept.thumbnail_sha256))
    try:
        return kept if all(map(is_stored, digests)) else None
    except StoreUnreachable:
        return kept  # its bytes were whole when the word was given, and are kept for longer than it
