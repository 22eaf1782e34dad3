"""Reading a page as a person does: its words, its messages, its links."""

import re
from html import unescape

from django.contrib.messages import get_messages


def text_of(response):
    """The words of the page in one line, without the markup."""
    body = response.content.decode()
    body = re.sub(r"(?s)<(script|style|template)\b.*?</\1>", " ", body)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def main_of(response):
    """The words of `<main>` alone: without navigation and menus."""
    body = response.content.decode()
    found = re.search(r'(?s)<main.*?id="main".*?>(.*)</main>', body)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", found[1])).split())


def messages_of(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def links_of(response, prefix=""):
    found = re.findall(r'href="([^"]+)"', response.content.decode())
    return [link for link in map(unescape, found) if link.startswith(prefix)]


def codes_of(response):
    """The risks of a list, in order."""
    return re.findall(r'<td class="rh-code">(R\d+)</td>', response.content.decode())


def control_codes(response):
    """The controls of a list, in order."""
    return re.findall(r'<td class="rh-code">(C-\d+)</td>', response.content.decode())
