"""Files in S3-compatible storage, for several machines: no byte of a file stays on any of their disks.

What is put there is whole or not there: that is how such storage takes it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import ContentFile
from storages.backends.s3 import S3Storage

from riskhub.files.kept import Kept
from riskhub.files.unreachable import StoreUnreachable

CONNECT_SECONDS, READ_SECONDS, ATTEMPTS = 3, 20, 2
"""A page waits no longer than that for a storage that is away."""
_MISSING = "404"


class Bucket:
    """The same by name as `riskhub.files.disk.Disk`; StoreUnreachable where nobody answers."""

    def __init__(self, *, addressing: str, **options: Any) -> None:  # noqa: ANN401 - those of S3Storage
        # Checksums only where they are asked for: some compatible storages know no newer ones.
        config = Config(
            signature_version="s3v4", s3={"addressing_style": addressing},
            connect_timeout=CONNECT_SECONDS, read_timeout=READ_SECONDS,
            retries={"total_max_attempts": ATTEMPTS, "mode": "standard"},
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )  # fmt: skip
        self._storage = S3Storage(
            client_config=config, file_overwrite=True, default_acl=None,
            transfer_config=TransferConfig(use_threads=False), **options,
        )  # fmt: skip

    def put(self, name: str, content: bytes) -> None:
        with _reached():
            self._storage.save(name, ContentFile(content))

    def get(self, name: str) -> bytes:
        """By one question; the storage's own file object asks three."""
        with _reached():
            content: bytes = self._object(name).get()["Body"].read()
            return content

    def look(self, name: str) -> Kept:
        with _reached():
            found = self._object(name)
            found.load()
            return Kept(found.content_length, found.last_modified)

    def remove(self, name: str) -> None:
        with _reached():
            self._storage.delete(name)

    def names(self) -> Iterator[tuple[str, datetime]]:
        start = f"{self._storage.location}/".lstrip("/")
        with _reached():
            for found in self._storage.bucket.objects.filter(Prefix=start):
                yield found.key.removeprefix(start), found.last_modified

    def fault(self) -> str:
        """As the disk's."""
        try:
            with _reached():
                self._storage.bucket.meta.client.head_bucket(Bucket=self._storage.bucket_name)
        except OSError:
            return "The storage of files does not answer, or refuses: look at the settings S3_*."
        return ""

    def _object(self, name: str) -> Any:  # noqa: ANN401 - boto3 makes its classes at run time
        return self._storage.bucket.Object(f"{self._storage.location}/{name}".lstrip("/"))


@contextmanager
def _reached() -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        if error.response["Error"]["Code"] in {_MISSING, "NoSuchKey"}:
            raise FileNotFoundError(str(error)) from error
        raise StoreUnreachable(str(error)) from error
    except (Boto3Error, BotoCoreError) as error:
        raise StoreUnreachable(str(error)) from error
