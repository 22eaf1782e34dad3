"""Whether a page speaks one language: what is written in the other must be the company's own data."""

import re
from functools import cache

from incidents.models import Complaint
from tests.catalogue import stored
from tests.flows.facts import ask

READ = """() => {
    const shown = ["aria-label", "alt", "placeholder", "title", "data-announce"];
    const said = new Set();
    const hear = (element, text) => {
        const words = text.replace(/\\s+/g, " ").trim();
        if (words) said.add(element.closest("[lang]").lang + "\\n" + words);
    };
    const walker = document.createTreeWalker(document.documentElement, 5);
    for (let node = walker.currentNode; node; node = walker.nextNode()) {
        if (node.nodeType === 3 && !node.parentElement.closest("script, style, .rh-code"))
            hear(node.parentElement, node.data);
        if (node.nodeType === 1)
            shown.forEach(name => hear(node, node.getAttribute(name) || ""));
    }
    const {keys, ...kept} = document.body.dataset;
    Object.values(kept).forEach(text => hear(document.body, text));
    return [...said].map(line => line.split("\\n"));
}"""
"""[language of the part, text] of all that is read or spoken, hidden parts included, codes left out."""

CHINESE, ENGLISH = r"[\u3400-\u9fff]+", r"[A-Za-z]{2,}"
WRITTEN_SO = re.compile(
    r"RiskHub|Excel|Esc|Enter|Shift|Ctrl(-K)?|\b[A-Z]{2,5}\b|\b[A-Z]{1,4}-?\d+\b|\bworker 和 beat\b"
    r"|\b[0-9a-f]{6,}(…|\b)|\b[0-9a-f]{4,}([- ][0-9a-f]{4,})+|\S+@\S+"
    r"|\bquarterly-\S+\.pdf\b|\bthumbnail\.jpg\b|\bli\.na\b|\bwindow_cleaning\b"
)
"""What Chinese writes in Latin letters: names, formats, keys, codes, digests, addresses, files, examples."""
STRINGS = re.compile(r'"([^"\\]*)"')
"""Of a JSON that is kept as text."""
KEY = re.compile(r"[a-z/][\w./:-]*")
"""What a program calls a thing: the audit log shows it as it is stored."""
CODE = re.compile(r"[a-z_.]+")
COLUMNS = """
    SELECT table_name, column_name FROM information_schema.columns
    JOIN information_schema.tables USING (table_schema, table_name)
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND NOT column_name LIKE %s
        AND data_type IN ('text', 'character varying', 'jsonb')
        AND NOT table_name ~ '^(django|audit|axes|registers_library)'
"""
VALUES = """
    SELECT DISTINCT said #>> '{{}}' FROM {} AS stored,
    LATERAL jsonb_path_query(to_jsonb(stored.{}), 'strict $.** ? (@.type() == "string")') AS said
"""


def foreign_to(locale, *files):
    """`foreign_to("en")(text)`: what is Chinese in it and stands neither in the database nor a file."""
    letters, other = (CHINESE, "%\\_zh") if locale == "en" else (ENGLISH, "%\\_en")
    typed = {words for words in _values(other) if not CODE.fullmatch(words)} - _own_words()
    typed |= {
        name
        for row in ask("SELECT username, left(display_name, 1) FROM accounts_user")
        for name in row
    }
    sealed = Complaint.objects.values_list("contact_name", flat=True)
    typed |= {name[:1] for name in sealed if name}  # as it is masked
    typed |= {cell for file in files for cell in re.split(r"[,\n]", file)}
    own = sorted((words for words in typed if re.search(letters, words)), key=len, reverse=True)

    @cache
    def foreign(text):
        if locale != "en":
            text = WRITTEN_SO.sub("", text)
        for value in own:
            if not re.search(letters, text):
                return ""
            text = text.replace(value, "")
        return " ".join(re.findall(letters, text))

    return foreign


def _values(other):
    """What people typed, whole and by its lines, in any column but those of the `other` language."""
    found = set()
    for table, column in ask(COLUMNS, other):
        for (value,) in ask(VALUES.format(table, column)):
            texts = STRINGS.findall(value) if value.startswith("{") else value.splitlines()
            found |= {" ".join(text.split()) for text in (value, *texts)}
    return found


def _own_words():
    """Both sides of the catalogue: the product's words are no data, even where they were stored."""
    return {
        " ".join(text.split())
        for message in stored()
        for side in (message.id, message.string)
        for text in (side if isinstance(side, tuple | list) else (side,))
    }
