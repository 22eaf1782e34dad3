"""Groups are told once, of numbers only, at an address that nobody reads again and that leads outside."""

import logging
import socket
from contextlib import suppress
from io import StringIO
from urllib.parse import parse_qs, urlsplit

import pytest
import urllib3
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.utils.translation import override

from riskhub.audit.models import AuditEvent
from riskhub.notices.models import Webhook
from riskhub.notices.services import HOOK, create_webhook, notify, remove_webhook, try_webhook
from riskhub.notices.topics import TOPICS
from riskhub.notices.webhooks import wire
from riskhub.notices.webhooks.headlines import headline_of
from riskhub.notices.webhooks.robots import checked, deliver, hint_of
from riskhub.notices.webhooks.wire import NotSent, is_open, look_up
from riskhub.work.models import Work
from riskhub.work.services import drain_work
from tests.riskhub.notices.listening import ADDRESSES, listening

pytestmark = pytest.mark.django_db
ALL = [topic.key for topic in TOPICS]
SECRETS = ("693a91f6", "566cc69da782ec4f", "5d3f1a2b", "q%2Bw")


@pytest.fixture
def heard(tmp_path, monkeypatch, settings):
    """What arrives at the robots, all of which stand on this machine."""
    with listening(tmp_path) as (listener, port, pem):
        settings.WEBHOOK_NETWORKS = ["127.0.0.0/8"]
        settings.PUBLIC_URL = "https://risk.example.com"
        monkeypatch.setenv("SSL_CERT_FILE", str(pem))

        def here(*_name, **_options):
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

        monkeypatch.setattr(socket, "getaddrinfo", here)
        real = urllib3.util.connection.create_connection
        monkeypatch.setattr(
            urllib3.util.connection, "create_connection",
            lambda _address, *a, **k: real(("127.0.0.1", port), *a, **k),
        )  # fmt: skip
        yield listener


@pytest.fixture
def group(admin):
    def make(robot="wecom", **fields):
        values = {"name": robot, "topics": ALL, "address": ADDRESSES[robot]} | fields
        return create_webhook(by=admin, robot=robot, **values)

    return make


def tell(*people, kind="complaint_urgent", dedupe="complaint:1", **params):
    said = {"code": "C-2026-0001", "due": {"zh-hans": "9月24日", "en": "24 Sep"}} | params
    notify(people, by=None, kind=kind, params=said, url="/incidents/complaints/C-2026-0001/",
           dedupe=dedupe)  # fmt: skip


WORDS = "紧急投诉：C-2026-0001。9月24日 前联系客户"
LINK = "https://risk.example.com/incidents/complaints/C-2026-0001/"


def test_once_per_event_and_group_however_many_are_told(heard, group, approver, auditor):
    group("wecom")
    group("feishu", locale="en")
    group("dingtalk", topics=["arrivals"])
    tell(approver, auditor)
    tell(approver, auditor)
    tell(auditor, kind="incident_reported", incident="I-1")  # the same event, for others
    drain_work()
    texts = {host: body for host, _path, body in heard.requests}
    assert len(heard.requests) == 2
    with override("en"):
        english = headline_of("complaint_urgent", {"code": "C-2026-0001", "due": "24 Sep"})
    with override("zh-hans"):
        chinese = headline_of("complaint_urgent", {"code": "C-2026-0001", "due": "9月24日"})
    assert texts["qyapi.weixin.qq.com"]["text"]["content"] == f"{chinese}\n{LINK}"
    assert texts["open.feishu.cn"]["content"]["text"] == f"{english}\n{LINK}"


def test_each_robot_in_its_own_way(heard):
    for robot, address in ADDRESSES.items():
        deliver(robot, address, "", "你好")
    paths = {host: path for host, path, _body in heard.requests}
    assert paths == {
        "qyapi.weixin.qq.com": "/cgi-bin/webhook/send?key=693a91f6-7xxx-4bc4-97a0",
        "oapi.dingtalk.com": "/robot/send?access_token=566cc69da782ec4f",
        "open.feishu.cn": "/open-apis/bot/v2/hook/5d3f1a2b-secret/",
        "hook.example.com": "/in/a%2Fb?token=q%2Bw",
    }
    bodies = {host: body for host, _path, body in heard.requests}
    assert bodies["oapi.dingtalk.com"]["text"]["content"] == "你好"
    assert bodies["hook.example.com"]["message"] == "你好"


def test_the_signature_is_quoted_once(heard):
    deliver("dingtalk", ADDRESSES["dingtalk"], "SECabc12345", "x")
    ((_host, path, _body),) = heard.requests
    query = parse_qs(urlsplit(path).query)
    assert (len(query["sign"][0]), query["sign"][0][-1]) == (44, "=")
    assert query["access_token"] == ["566cc69da782ec4f"]


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, {"errcode": 93000}),
        (200, {"code": 9499, "msg": "Bad"}),
        (500, {}),
        (302, {}),
        (404, {}),
    ],
)
def test_what_did_not_arrive_is_tried_again(heard, group, approver, status, body):
    heard.status, heard.body = status, body
    heard.headers = {"Location": "https://hook.example.com/elsewhere"}
    group("feishu")
    tell(approver)
    drain_work()
    work = Work.objects.get(kind=HOOK)
    assert (work.state, work.attempts, work.reason, len(heard.requests)) == ("due", 1, "network", 1)
    assert not any(secret in work.error for secret in SECRETS)
    heard.status, heard.body = 200, {"code": 0}
    Work.objects.update(run_after=work.created_at)
    drain_work()
    assert Work.objects.get(kind=HOOK).state == "done"


def test_of_another_service_only_the_status_counts(heard):
    heard.body = {"code": 200}
    deliver("json", ADDRESSES["json"], "", "x")
    assert len(heard.requests) == 1


def test_a_group_that_was_taken_out_is_told_nothing(heard, group, approver, admin):
    webhook = group()
    tell(approver)
    remove_webhook(webhook, by=admin)
    drain_work()
    assert (heard.requests, Work.objects.get(kind=HOOK).state) == ([], "done")


def test_nobody_reads_its_address_again(heard, group, admin, caplog):
    caplog.set_level(logging.DEBUG)
    for robot in ADDRESSES:
        webhook = group(robot)
        heard.status = 500
        with suppress(ValidationError):
            try_webhook(webhook, by=admin)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT row_to_json(w)::text FROM notices_webhook w WHERE id = %s", [webhook.pk]
            )
            (row,) = cursor.fetchone()
        events = str([*AuditEvent.objects.values_list("before", "after", "object_label")])
        ours = [record.getMessage() for record in caplog.records if record.name != "urllib3"]
        for secret in SECRETS:
            assert not any(secret in text for text in (row, events, repr(webhook)))
            assert not any(secret in text for text in ours if "apprise" in text)


def test_what_a_trial_leaves_behind(heard, group, admin):
    webhook = group()
    try_webhook(webhook, by=admin)
    event = AuditEvent.objects.get(action="webhook.tried")
    assert (event.actor_name, event.object_label, event.after) == ("钱程", "wecom", {"fault": ""})
    heard.status = 500
    with pytest.raises(ValidationError, match="500"):
        try_webhook(webhook, by=admin)


def test_the_command_seals_it_anew(group, settings):
    settings.PERSONAL_KEYS = ["a" * 50]
    before = group().secret
    settings.PERSONAL_KEYS = ["b" * 50, "a" * 50]
    said = StringIO()
    call_command("rotate_personal_keys", stdout=said)
    assert "1 addresses of groups" in said.getvalue()
    settings.PERSONAL_KEYS = ["b" * 50]
    assert Webhook.objects.get().secret == before
    settings.PERSONAL_KEYS = ["c" * 50]
    with pytest.raises(Exception, match="missing"):
        call_command("rotate_personal_keys", stdout=said)
    with pytest.raises(ValidationError):
        try_webhook(Webhook.objects.get(), by=None)


class TestWhereItMayGo:
    @pytest.mark.parametrize(
        "address",
        [
            "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0",  # noqa: S104
            "100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0",
            "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::",
            "2001:0:1::1", "ff02::1", "192.0.2.1",
        ],
    )  # fmt: skip
    def test_never_inside(self, address):
        assert is_open(address) is False

    @pytest.mark.parametrize("address", ["119.29.29.29", "2400:3200::1", "::ffff:119.29.29.29"])
    def test_outside(self, address):
        assert is_open(address) is True

    def test_where_the_settings_allow_it(self, settings):
        settings.WEBHOOK_NETWORKS = ["10.1.0.0/16"]
        assert [is_open("10.1.2.3"), is_open("10.2.0.1"), is_open("fd00::1")] == [
            True,
            False,
            False,
        ]

    def test_a_name_that_leads_inside_is_not_connected(self, heard, settings):
        settings.WEBHOOK_NETWORKS = []
        with pytest.raises(NotSent, match="内部网络"):
            deliver("json", ADDRESSES["json"], "", "x")
        assert heard.requests == []

    def test_nor_one_that_does_so_the_second_time(self, heard, settings, monkeypatch):
        settings.WEBHOOK_NETWORKS = []
        monkeypatch.setattr(wire, "look_up", lambda _url: None)
        with pytest.raises(NotSent, match="没有应答"):
            deliver("json", ADDRESSES["json"], "", "x")
        assert heard.requests == []

    def test_a_certificate_of_nobody_is_not_believed(self, heard, monkeypatch):
        monkeypatch.delenv("SSL_CERT_FILE")
        with pytest.raises(NotSent, match="没有应答"):
            deliver("wecom", ADDRESSES["wecom"], "", "x")
        assert heard.requests == []

    @pytest.mark.parametrize(
        "url", ["http://hook.example.com/", "https:///x", "file:///etc/passwd"]
    )
    def test_by_https_only(self, url):
        with pytest.raises(NotSent):
            look_up(url)

    def test_a_name_that_is_none(self, monkeypatch):
        def unknown(*_args, **_options):
            raise socket.gaierror

        monkeypatch.setattr(socket, "getaddrinfo", unknown)
        with pytest.raises(NotSent, match="域名"):
            look_up("https://hook.example.com/")


@pytest.mark.parametrize(
    ("robot", "address"),
    [
        ("wecom", ADDRESSES["feishu"]), ("wecom", ADDRESSES["wecom"] + "&x=https://a"),
        ("wecom", "https://qyapi.weixin.qq.com.evil.cn/cgi-bin/webhook/send?key=12345678"),
        ("wecom", ADDRESSES["wecom"].replace("https", "http")), ("dingtalk", ADDRESSES["wecom"]),
        ("feishu", ADDRESSES["feishu"] + "/../x"), ("json", "http://hook.example.com/"),
        ("json", "https://127.0.0.1/"), ("json", "https://[::1]/"), ("json", "https://localhost/"),
        ("json", "https://a:b@hook.example.com/"), ("json", "https://hook.example.com/#x"),
        ("json", "https://hook.example.com:99999/"), ("json", "https://hook.example.com/\n"),
        ("json", "https://hook.example.com/" + "x" * 500), ("json", "https://例子.cn/"), ("json", "x"),
        ("json", "https://hook.example.com:0/"), ("json", "https://[::1/"),
    ],
)  # fmt: skip
def test_addresses_that_are_none(robot, address):
    with pytest.raises(ValidationError):
        checked(robot, address)


@pytest.mark.parametrize(("robot", "key"), [("wecom", "SECabc12345"), ("dingtalk", "SEC abc")])
def test_signing_keys_that_are_none(robot, key):
    with pytest.raises(ValidationError):
        checked(robot, ADDRESSES[robot], key)


def test_a_hint_tells_the_host_and_four_signs():
    assert hint_of(ADDRESSES["wecom"]) == "qyapi.weixin.qq.com …97a0"


def test_a_group_hears_of_whatever_it_was_given(heard, group, approver):
    group(topics=["files"])
    tell(approver, kind="report_ready", period="2026Q3")
    drain_work()
    ((_host, _path, body),) = heard.requests
    assert "2026Q3" in body["text"]["content"]
