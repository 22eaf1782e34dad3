"""One way of rendering forms: `{{ form }}`, by our renderer."""

import re

_BY_HAND = re.compile(r"\.as_(?:p|table|ul|div)\b")
_FIELD = re.compile(r"<(input|select|textarea)\b([^>]*)>", re.IGNORECASE | re.DOTALL)
_PLAIN = re.compile(r"\bforms\.(?:CharField|DateField|DateTimeField)\(")
_OWN_PLACES = ("templates/components/", "templates/django/", "templates/allauth/")
_WITHOUT_LABEL = ('type="hidden"', 'type="checkbox"', 'type="search"', "readonly")


def plain_text_field(source):
    """Texts and days come in by `Line`, `Prose` and `Day`, which know what may be entered."""
    for found in _PLAIN.finditer(source.text):
        yield f"{source.path}: {found.group()})"


def form_by_hand(source):
    """Fields are written by the form; a template holds hidden ones, ticks, searches, texts to copy."""
    if source.path.as_posix().startswith(_OWN_PLACES):
        return
    for found in _BY_HAND.finditer(source.text):
        yield f"{source.path}: {found.group()}"
    for tag, attributes in _FIELD.findall(source.text):
        if not any(word in attributes for word in _WITHOUT_LABEL):
            yield f"{source.path}: <{tag}{attributes}>"
