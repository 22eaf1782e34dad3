"""The number, the secret and the moment by which somebody calls."""

import re

import pytest
import time_machine

from incidents.complaints.secrets import fits
from incidents.models import Complaint
from tests.incidents.views.asked import tell

pytestmark = pytest.mark.django_db

URL = "/complain/done"


def test_it_tells_the_number_the_secret_and_by_when(client):
    with time_machine.travel("2026-09-23T02:00:00Z", tick=False):
        tell(client, what={"text": "有人受伤", "troubles": ["hurt"]}).post("/complain/check")
        page = client.get(URL)
    complaint = Complaint.objects.get()
    assert complaint.code in page.text
    (secret,) = re.findall(r"[2-9A-Z]{5}-[2-9A-Z]{5}", page.text)
    assert fits(complaint.secret_hash, complaint.code, secret)
    assert "9月23日 10:30" in page.text


def test_it_is_there_again_after_a_reload_and_for_nobody_else(client, django_user_model):
    tell(client).post("/complain/check")
    assert client.get(URL).text.count("C-") == client.get(URL).text.count("C-")
    client.cookies.clear()
    assert client.get(URL)["Location"] == "/complain"
