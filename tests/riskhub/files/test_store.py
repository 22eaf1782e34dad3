"""Files lie whole under the hash of their content, or not at all."""

from hashlib import sha256

import pytest

from riskhub.audit.models import AuditEvent
from riskhub.files import disk
from riskhub.files.models import StoredFile
from riskhub.files.services import store_file
from riskhub.files.store import FileDamaged, open_stored, path_of, place, store_bytes

CONTENT = "风险登记表".encode()
DIGEST = sha256(CONTENT).hexdigest()


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT


def everything(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_under_the_hash_of_its_content(folder):
    assert store_bytes(CONTENT) == DIGEST
    assert path_of(DIGEST) == folder / DIGEST[:2] / DIGEST
    assert open_stored(DIGEST) == CONTENT


def test_the_same_content_lies_there_once(folder):
    store_bytes(CONTENT)
    before = path_of(DIGEST).stat().st_mtime_ns
    assert store_bytes(CONTENT) == DIGEST
    assert (everything(folder), path_of(DIGEST).stat().st_mtime_ns) == ([DIGEST], before)


def test_a_cut_off_file_is_written_again(folder):
    store_bytes(CONTENT)
    path_of(DIGEST).write_bytes(CONTENT[:4])
    store_bytes(CONTENT)
    assert open_stored(DIGEST) == CONTENT


def test_a_full_disk_leaves_nothing_behind(folder, monkeypatch):
    def full(_handle):
        raise OSError("No space left on device")

    monkeypatch.setattr(disk.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        store_bytes(CONTENT)
    assert everything(folder) == []


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda path: path.unlink(), "is missing"),
        (lambda path: path.write_bytes(b"x"), "was changed where it is stored"),
        (lambda path: path.write_bytes(CONTENT + b" "), "was changed where it is stored"),
    ],
)
def test_damage_is_found_when_it_is_read(damage, said):
    store_bytes(CONTENT)
    damage(path_of(DIGEST))
    with pytest.raises(FileDamaged, match=said):
        open_stored(DIGEST)


def test_a_folder_that_cannot_be_written_is_said(folder, monkeypatch):
    assert place().fault() == ""
    monkeypatch.setattr(disk.os, "access", lambda *_asked: False)
    assert place().fault() == "The folder of files cannot be written."


def test_the_row_says_what_is_there(db, auditor):
    file = store_file(CONTENT, by=auditor, kind="report", filename="表" * 300, mime="text/plain")
    assert (file.size, file.sha256, len(file.filename)) == (len(CONTENT), DIGEST, 255)
    assert (str(file), file.read()) == (file.filename, CONTENT)
    event = AuditEvent.objects.about(file).get()
    assert (event.action, event.actor_name, event.after["sha256"]) == (
        "file.stored", "孙悦", DIGEST,
    )  # fmt: skip
    again = store_file(CONTENT, by=None, kind="report", filename="b", mime="text/plain")
    assert (again.pk != file.pk, again.uuid != file.uuid) == (True, True)
    assert StoredFile.objects.filter(sha256=DIGEST).count() == 2
