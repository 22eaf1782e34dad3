"""Who listens: robots of WeCom, DingTalk and Feishu by the address that they give out, or an https service.

What apprise does not do stands here: DingTalk's signature is quoted once, not twice, and where the body of an
answer says why the message was refused it was refused (`wire`). Its own log, which names keys, is off.
"""

import re
from importlib import import_module
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from riskhub.notices.choices import Robot
from riskhub.notices.webhooks.wire import PLAIN, STRICT, NotSent, is_open

LONGEST_ADDRESS = 500
_SHOWN = 4
_ADDRESSES = {
    Robot.WECOM: re.compile(
        r"https://qyapi\.weixin\.qq\.com/cgi-bin/webhook/send\?key=([\w-]{8,100})", re.ASCII
    ),
    Robot.DINGTALK: re.compile(
        r"https://oapi\.dingtalk\.com/robot/send\?access_token=([A-Za-z0-9]{8,200})"
    ),
    Robot.FEISHU: re.compile(
        r"https://open\.feishu\.cn/open-apis/bot/v2/hook/([\w-]{8,100})/?", re.ASCII
    ),
}
_MODULES = {
    Robot.WECOM: "wecombot", Robot.DINGTALK: "dingtalk", Robot.FEISHU: "feishu",
    Robot.JSON: "custom_json",
}  # fmt: skip
_SIGNING_KEY = re.compile(r"[A-Za-z0-9]{8,200}")


def checked(robot: str, address: str, signing_key: str = "") -> None:
    """Raises ValidationError for what is no address of such a robot."""
    if signing_key and (robot != Robot.DINGTALK or not _SIGNING_KEY.fullmatch(signing_key)):
        raise ValidationError(
            {"signing_key": _("Only a robot of DingTalk has one: SEC and letters.")}
        )
    if robot == Robot.JSON:
        if not _is_plain(address):
            raise ValidationError(
                {"address": _("Give an address of the internet that begins with https://.")}
            )
    elif not _ADDRESSES[Robot(robot)].fullmatch(address):
        raise ValidationError(
            {"address": _("This is not the address that such a robot gives out.")}
        )


def hint_of(address: str) -> str:
    """As much as is shown of it: the host, and the last signs of the key."""
    return f"{urlsplit(address).hostname} …{address.rstrip('/')[-_SHOWN:]}"


def deliver(robot: str, address: str, signing_key: str, text: str) -> None:
    """Send it now. Raises NotSent."""
    if not _plugin(Robot(robot), address, signing_key).notify(body=text):
        raise NotSent(_("The message could not be sent."))


def _is_plain(address: str) -> bool:
    """Of a name or a public address; no sign-in in it, which would be shown on the way."""
    if len(address) > LONGEST_ADDRESS or not address.isascii() or not address.isprintable():
        return False
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return False
    is_whole = parts.scheme == "https" and bool(parts.hostname) and port != 0
    return is_whole and parts.username is None and not parts.fragment and _may_be(parts)


def _may_be(parts: SplitResult) -> bool:
    host = str(parts.hostname)
    try:
        return is_open(host)
    except ValueError:  # a name
        return "." in host and " " not in parts.geturl()


def _plugin(robot: Robot, address: str, signing_key: str) -> Any:  # noqa: ANN401 - of apprise
    """Each reaches the network by its module's name `requests` alone: there the watched wire is put."""
    module: Any = import_module(
        f"apprise.plugins.{_MODULES[robot]}"
    )  # by who sends: no page needs it
    module.requests = PLAIN if robot == Robot.JSON else STRICT
    if robot == Robot.JSON:
        parts = urlsplit(address)
        plugin = module.NotifyJSON(host=parts.netloc, secure=True)
        plugin.fullpath = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return plugin
    found = _ADDRESSES[robot].fullmatch(address)
    token = found[1] if found else ""
    if robot == Robot.DINGTALK:
        return _signed(module.NotifyDingTalk)(token=token, secret=signing_key or None)
    return module.NotifyWeComBot(token) if robot == Robot.WECOM else module.NotifyFeishu(token)


def _signed(plugin: Any) -> Any:  # noqa: ANN401 - a class of apprise
    """It quotes the signature, and who sends it quotes it again."""

    class Signed(plugin):  # type: ignore[misc]
        def get_signature(self) -> tuple[str, str]:
            moment, signature = super().get_signature()
            return moment, unquote(signature)

    return Signed
