"""Files in S3-compatible storage: a server of that kind on this machine, and nothing on its disk."""

from datetime import timedelta
from hashlib import sha256

import pytest
from moto.moto_server.threaded_moto_server import ThreadedMotoServer

from riskhub.files.keeping import kept_file
from riskhub.files.services import attach_files, store_file, tidy_files
from riskhub.files.store import (
    FileDamaged,
    is_stored,
    kept_since,
    open_stored,
    place,
    remove_stored,
    store_bytes,
)
from riskhub.files.unreachable import StoreUnreachable
from tests.builders import make_risk
from tests.photos import kept_photo
from tests.riskhub.files.buckets import use_bucket

CONTENT = "风险登记表".encode()
DIGEST = sha256(CONTENT).hexdigest()


@pytest.fixture(scope="module")
def server():
    """Any free port of the loopback; ended with the module."""
    made = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    made.start()
    yield "http://{}:{}".format(*made.get_host_and_port())
    made.stop()


@pytest.fixture
def cloud(server, settings, tmp_path):
    """The bucket as its owner sees it; emptied afterwards. Nothing may be written to the disk."""
    settings.MEDIA_ROOT = tmp_path / "files"
    use_bucket(settings, server)
    found = place()._storage.bucket
    found.create()
    yield found
    found.objects.all().delete()
    found.delete()
    assert not settings.MEDIA_ROOT.exists()


@pytest.fixture
def risk(register, risk_manager):
    return make_risk(register, by=risk_manager)


def keys(cloud):
    return [one.key for one in cloud.objects.all()]


def test_under_the_hash_of_its_content(cloud):
    assert not is_stored(DIGEST)
    assert store_bytes(CONTENT) == DIGEST
    assert keys(cloud) == [f"{DIGEST[:2]}/{DIGEST}"]
    assert (is_stored(DIGEST), open_stored(DIGEST)) == (True, CONTENT)


def test_in_a_folder_of_the_bucket(cloud, settings, server):
    use_bucket(settings, server, location="riskhub/files")
    store_bytes(CONTENT)
    assert keys(cloud) == [f"riskhub/files/{DIGEST[:2]}/{DIGEST}"]
    assert open_stored(DIGEST) == CONTENT


def test_the_same_content_goes_there_once(cloud):
    store_bytes(CONTENT)
    (before,) = cloud.objects.all()
    store_bytes(CONTENT)
    (after,) = cloud.objects.all()
    assert after.last_modified == before.last_modified


def test_another_size_is_written_again(cloud):
    cloud.put_object(Key=f"{DIGEST[:2]}/{DIGEST}", Body=b"cut off")
    store_bytes(CONTENT)
    assert open_stored(DIGEST) == CONTENT


def test_a_file_of_several_parts(cloud):
    content = b"0123456789abcdef" * (20 << 16)
    assert open_stored(store_bytes(content)) == content


def test_damage_is_found_when_it_is_read(cloud):
    with pytest.raises(FileDamaged, match="is missing"):
        open_stored(DIGEST)
    cloud.put_object(Key=f"{DIGEST[:2]}/{DIGEST}", Body=CONTENT + b" ")
    with pytest.raises(FileDamaged, match="was changed where it is stored"):
        open_stored(DIGEST)


def test_rows_photos_and_what_a_form_keeps(cloud, db, risk, risk_manager):
    file = store_file(CONTENT, by=risk_manager, kind="report", filename="a.pdf", mime="text/plain")
    assert file.read() == CONTENT
    kept = kept_photo()
    assert kept_file(kept.token) == kept
    (attached,) = attach_files(risk, [kept], by=risk_manager)
    assert attached.thumbnail.read() == open_stored(kept.thumbnail_sha256)
    assert len(keys(cloud)) == 3
    cloud.objects.all().delete()
    assert kept_file(kept.token) is None


def test_its_health(cloud, settings, server):
    assert place().fault() == ""
    use_bucket(settings, server, bucket_name="another")
    assert "S3_" in place().fault()
    with pytest.raises(StoreUnreachable):
        store_bytes(CONTENT)


def test_what_nothing_needs_is_taken_out(cloud, db, monkeypatch):
    monkeypatch.setattr("riskhub.files.services.erasing.SPARED", timedelta(seconds=-5))
    digest = store_bytes(b"of no row")
    file = store_file(CONTENT, by=None, kind="report", filename="a", mime="text/plain")
    cloud.put_object(Key="notes.txt", Body=b"not ours")
    assert dict(kept_since()).keys() == {digest, DIGEST}
    assert (tidy_files(), keys(cloud)) == (1, [f"{DIGEST[:2]}/{DIGEST}", "notes.txt"])
    assert file.read() == CONTENT
    remove_stored(digest)
