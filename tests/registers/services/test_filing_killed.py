"""Killed between the file and the row: no row without its bytes, and the same form is filed once."""

import os
import subprocess
import sys
import time
from uuid import uuid4

import pytest
from django.db import connection, transaction

from registers.models import RiskProposal
from registers.services import file_proposal
from riskhub.accounts.models import User
from riskhub.files.models import Attachment, StoredFile
from tests.house.sources import ROOT
from tests.photos import kept_photo

WAITING = """
SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))
"""
SENDING = """
import sys
from uuid import UUID
import django
django.setup()
from registers.services import file_proposal
from riskhub.accounts.models import User
from tests.photos import kept_photo
by = User.objects.get(username="staff.cleaning")
file_proposal(
    by=by, client_uuid=UUID(sys.argv[1]), text="灯坏了", department=by.department,
    photos=[kept_photo(colour) for colour in ("red", "blue")], once_since=by.date_joined,
)
"""


def wait_until(condition, patience=30):
    end = time.monotonic() + patience
    while not condition():
        if time.monotonic() > end:
            pytest.fail("It did not come so far.")
        time.sleep(0.02)


def somebody_waits():
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        return cursor.fetchone()[0] == 1


@pytest.mark.django_db(transaction=True)
def test_killed_after_the_files_and_before_the_rows(staff_cleaning, tmp_path, settings):
    """The process has its photos on the disk and waits for a row that is locked here; there it dies."""
    settings.MEDIA_ROOT, key = tmp_path / "files", uuid4()
    told = {"DJANGO_SETTINGS_MODULE": "riskhub.settings", "RISKHUB_DATA": str(tmp_path)}
    argv = [sys.executable, "-c", SENDING, str(key)]
    with transaction.atomic():
        User.objects.select_for_update().get(pk=staff_cleaning.pk)
        process = subprocess.Popen(argv, cwd=ROOT, env=os.environ | told)
        try:
            wait_until(somebody_waits)
        finally:
            process.kill()
            process.wait()
    assert len(files_in(tmp_path)) == 4
    assert (RiskProposal.objects.count(), StoredFile.objects.count()) == (0, 0)

    numbers = {send_again(staff_cleaning, key) for _ in range(3)}
    assert (len(numbers), RiskProposal.objects.count(), Attachment.objects.count()) == (1, 1, 2)
    stored = StoredFile.objects.all()
    assert files_in(tmp_path) == {file.sha256 for file in stored}
    assert [len(file.read()) for file in stored] == [file.size for file in stored]


def send_again(user, key):
    filed, _is_new = file_proposal(
        by=user, client_uuid=key, text="灯坏了", department=user.department,
        photos=[kept_photo(colour) for colour in ("red", "blue")], once_since=user.date_joined,
    )  # fmt: skip
    return filed.pk


def files_in(folder):
    return {path.name for path in folder.rglob("*") if path.is_file()}
