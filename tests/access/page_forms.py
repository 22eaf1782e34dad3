"""The forms of a page as a browser would send them back."""

from html.parser import HTMLParser


class Forms(HTMLParser):
    """`forms` is a list of (action, {name: [values]}), in the order of the page."""

    def __init__(self, page):
        super().__init__()
        self.forms, self._by_id = [], {}
        self._fields = self._select = self._text = None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        facts = dict(attrs)
        if tag == "form":
            self._fields = {}
            self._by_id[facts.get("id")] = self._fields
            self.forms.append((facts.get("action") or "", self._fields))
            return
        fields = self._by_id.get(facts["form"]) if "form" in facts else self._fields
        name = facts.get("name")
        if tag == "option" and self._select:
            self._option(facts)
        elif fields is None or not name or "disabled" in facts:
            return
        elif tag == "select":
            self._select = (fields, name, "multiple" in facts)
        elif tag == "textarea":
            self._text = (fields, name, [])
        elif tag == "input" and _counts(facts):
            fields.setdefault(name, []).append(facts.get("value") or "")

    def _option(self, facts):
        fields, name, is_multiple = self._select
        value = facts.get("value") or ""
        if "selected" in facts:
            fields[name] = [*(fields.get(name, []) if is_multiple else []), value]
        elif not is_multiple:
            fields.setdefault(name, [value])

    def handle_data(self, data):
        if self._text:
            self._text[2].append(data)

    def handle_endtag(self, tag):
        if tag == "textarea" and self._text:
            fields, name, parts = self._text
            fields.setdefault(name, []).append("".join(parts).removeprefix("\n"))
            self._text = None
        elif tag == "select":
            self._select = None
        elif tag == "form":
            self._fields = None


def _counts(facts):
    kind = facts.get("type", "text")
    if kind in {"submit", "button", "file", "image", "reset"}:
        return False
    return kind not in {"checkbox", "radio"} or "checked" in facts


def posted(page, path, names):
    """The form that goes back to the page itself; of several the one with most of the names."""
    own = [
        fields
        for action, fields in Forms(page).forms
        if action in ("", path) and "csrfmiddlewaretoken" in fields
    ]
    return max(own, key=lambda fields: len({*fields} & {*names}), default={})
