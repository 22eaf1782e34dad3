"""Words that say nothing, and names that must agree so that nobody has to search."""

import ast
import re

EMPTY_WORDS = {"Manager", "Handler", "Helper", "Util", "Utils", "Data", "Info"}
# The word is the thing itself: the folder that RISKHUB_DATA names.
THE_WORD_ITSELF = {"DataFolder"}
EMPTY_MODULES = {
    "utils",
    "helpers",
    "helper",
    "common",
    "core",
    "misc",
    "base",
    "part2",
    "managers",
}
_ENGLISH = re.compile(r"get_language\(\).*startswith\(.en")
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z][a-z0-9]*")
# In two halves, so that this file keeps the rule itself.
_LATER = re.compile(rf"\b({'|'.join(map(''.join, [('TO', 'DO'), ('FIX', 'ME'), ('XX', 'X')]))})\b")


def empty_class_name(source):
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ClassDef) and node.name not in THE_WORD_ITSELF:
            words = EMPTY_WORDS.intersection(_WORD.findall(node.name))
            if words:
                yield source.at(node, f"{node.name}: {', '.join(sorted(words))} says nothing")


def empty_module_name(source):
    words = EMPTY_MODULES.intersection({*source.path.parts[:-1], source.path.stem})
    if words:
        yield f"{source.path}: {', '.join(sorted(words))} says nothing"


def put_off(source):
    for number, line in enumerate(source.text.splitlines(), start=1):
        if _LATER.search(line):
            yield f"{source.path}:{number} is put off"


def template_of_another_view(source):
    """A view renders the template of its own name: `risk_list` -> `<app>/risk_list.html`."""
    if source.layer != "views":
        return
    for function in source.tree.body:
        if not isinstance(function, ast.FunctionDef) or function.name.startswith("_"):
            continue
        for call in ast.walk(function):
            if not isinstance(call, ast.Call) or getattr(call.func, "id", "") != "render_page":
                continue
            template = call.args[1] if len(call.args) > 1 else None
            if isinstance(template, ast.Constant) and isinstance(template.value, str):
                stem = template.value.rpartition("/")[2].removesuffix(".html")
                if stem != function.name:
                    yield source.at(call, f"{function.name} renders {template.value}")


def language_asked_by_hand(source):
    """Whether English is read, one place knows: `is_english`."""
    if source.path.stem == "bilingual":
        return
    for number, line in enumerate(source.text.splitlines(), start=1):
        if _ENGLISH.search(line):
            yield f"{source.path}:{number} has is_english() of riskhub.accounts.bilingual"
