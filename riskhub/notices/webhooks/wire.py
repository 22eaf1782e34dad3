"""HTTPS to the address that an administrator gave, and to nothing inside.

The plug-ins of apprise call `requests`, which follows redirects and connects to any address, and they take a
200 for success where the body says why the message was refused. Here stands what they call instead: one
encrypted request without redirects, to a public address only, checked before the connection and again on it
(a name may answer differently the second time), of whose answer no more than a little is read.
"""

import json
import socket
import ssl
from dataclasses import dataclass
from functools import partial
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from urllib3 import HTTPSConnectionPool, PoolManager, Timeout
from urllib3.connection import HTTPSConnection
from urllib3.exceptions import HTTPError

PATIENCE = Timeout(connect=5, read=10)
MOST_READ = 64 * 1024
HTTPS = 443
_OK, _SEVERAL = 200, 300
_INSIDE = tuple(map(ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")))
"""Ways by which an IPv6 address leads to an IPv4 address that nobody has looked at."""


class NotSent(ConnectionError):  # noqa: N818 - reads as what it says
    """Why, in words without the address: it holds the key."""


@dataclass(frozen=True)
class Answer:
    """As much of it as the plug-ins ask."""

    status_code: int
    content: bytes


def is_open(address: str) -> bool:
    """Whether a message may go there: to the internet, or to a network that the settings allow."""
    ip: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    ip = getattr(ip, "ipv4_mapped", None) or ip
    if any(ip in ip_network(allowed) for allowed in settings.WEBHOOK_NETWORKS):
        return True
    return ip.is_global and not ip.is_multicast and not any(ip in net for net in _INSIDE)


class _Watched(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        connected: socket.socket = super()._new_conn()
        if not is_open(connected.getpeername()[0]):
            connected.close()
            raise ConnectionRefusedError
        return connected


class _WatchedPool(HTTPSConnectionPool):
    ConnectionCls = _Watched


def send(
    url: str,
    *,
    data: str | bytes,
    headers: dict[str, str],
    params: dict[str, str] | None = None,
    says_why: bool = True,
    **_options: object,
) -> Answer:
    """One POST. Raises NotSent; `says_why` where the body of the answer tells of a refusal."""
    address = f"{url}{'&' if '?' in url else '?'}{urlencode(params)}" if params else url
    look_up(address)
    answer = _post(address, data, headers)
    if not _OK <= answer.status_code < _SEVERAL:
        raise NotSent(_("The service answered %(code)s.") % {"code": answer.status_code})
    if says_why and (refusal := refusal_in(answer.content)):
        raise NotSent(_("The service refused it with code %(code)s.") % {"code": refusal})
    return answer


def look_up(url: str) -> None:
    """Raises NotSent where the name leads inside, before anything is connected."""
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname:
        raise NotSent(_("Only https addresses are used."))
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or HTTPS, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotSent(_("The name of the service is not known.")) from None
    if not all(is_open(str(row[4][0])) for row in found):
        raise NotSent(_("The address leads into an inner network."))


def _post(address: str, data: str | bytes, headers: dict[str, str]) -> Answer:
    pools = PoolManager(ssl_context=ssl.create_default_context(), timeout=PATIENCE, retries=False)
    pools.pool_classes_by_scheme = {"https": _WatchedPool}
    try:
        found = pools.request(
            "POST", address, body=data, headers=headers, redirect=False, preload_content=False
        )
        content = found.read(MOST_READ, decode_content=False)
        found.close()
    except (HTTPError, OSError):
        raise NotSent(_("The service did not answer.")) from None
    finally:
        pools.clear()
    return Answer(found.status, content)


def refusal_in(content: bytes) -> str:
    """WeCom and DingTalk (`errcode`) and Feishu (`code`) say 200 and why not in the body."""
    try:
        said: Any = json.loads(content)
    except ValueError:
        return ""
    if not isinstance(said, dict):
        return ""
    code = said.get("errcode", said.get("code", 0))
    return str(code) if code not in (0, "0", None) else ""


class _NeverRaised(Exception):  # noqa: N818 - as its name says
    """The plug-ins catch `requests.RequestException`: what goes wrong here passes them by."""


def _module(*, says_why: bool) -> SimpleNamespace:
    """In place of the module `requests`."""
    post = partial(send, says_why=says_why)
    return SimpleNamespace(
        post=post,
        request=lambda _method, url, **options: post(url, **options),
        codes=SimpleNamespace(ok=_OK),
        RequestException=_NeverRaised,
    )


STRICT, PLAIN = _module(says_why=True), _module(says_why=False)
