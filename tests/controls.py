"""What there is to press on a page: forms, their fields, buttons, links that look like buttons."""

from html.parser import HTMLParser

PRESSED = {"form", "button", "input", "select", "textarea"}


class Controls(HTMLParser):
    """`found` in `<main>` in order, `links` and `actions` where they lead, of the whole page."""

    def __init__(self, page):
        super().__init__()
        self.found, self.links, self.actions, self._inside = [], [], [], False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        facts = dict(attrs)
        if tag == "main":
            self._inside = True
        if tag == "a":
            self.links.append(facts.get("href") or "")
        if tag == "form":
            self.actions.append((facts.get("method") or "get", facts.get("action") or ""))
        if self._inside and (tag in PRESSED or "btn" in (facts.get("class") or "").split()):
            self.found.append(tag)

    def handle_endtag(self, tag):
        if tag == "main":
            self._inside = False


def controls_of(response):
    return Controls(response.content.decode()).found


def navigation_of(response, url):
    """The words of the entries in the left bar that lead there, with their numbers."""
    side = _Side(response.content.decode(), url)
    return side.found


class _Side(HTMLParser):
    def __init__(self, page, url):
        super().__init__()
        self.found, self._url, self._inside, self._words = [], url, False, None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        facts = dict(attrs)
        if tag == "nav":
            self._inside = "rh-side" in (facts.get("class") or "").split()
        elif tag == "a" and self._inside and facts.get("href") == self._url:
            self._words = []

    def handle_data(self, data):
        if self._words is not None and data.strip():
            self._words.append(data.strip())

    def handle_endtag(self, tag):
        if tag == "a" and self._words is not None:
            self.found.append(self._words)
            self._words = None
