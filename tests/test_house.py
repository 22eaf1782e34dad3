"""The rules of the house, held against every file, and each against a sample that breaks it."""

from pathlib import Path

import pytest

from tests.house import forms, names, sizes, writes
from tests.house.sources import PACKAGES, Source, python_sources, template_sources

OURS = python_sources(*PACKAGES)
EVERYTHING = [*OURS, *python_sources("tests"), *python_sources("bootstrap.py", "manage.py")]
TEMPLATES = template_sources()

# (rule, files, a file and a text that break it, what is said of it)
RULES = [
    (sizes.long_file, EVERYTHING, "registers/risks.py", "\n" * 301, "has 301 lines, at most 300"),
    (sizes.long_file, TEMPLATES, "templates/a.html", "\n" * 121, "has 121 lines, at most 120"),
    (
        sizes.long_function, OURS, "registers/risks.py",
        "def f():\n" + "    x = 1\n" * 26, "f has 26 statements, at most 25",
    ),
    (
        sizes.long_view, OURS, "registers/views/risks.py",
        "def f(request):\n" + "\n" * 40 + "    return 1\n", "f has 42 lines, at most 32",
    ),
    (
        writes.write_outside_services, OURS, "registers/views/risks.py",
        "def f(request):\n    Risk.objects.create()\n", "create() belongs into a service",
    ),
    (
        writes.write_outside_services, OURS, "riskhub/work/tasks.py",
        "def f():\n    with acting(None, 'x'):\n        pass\n", "acting() belongs into a service",
    ),
    (
        writes.http_in_rules, OURS, "registers/permissions.py",
        "from django.http import HttpRequest\n", "imports django.http",
    ),
    (
        writes.http_in_rules, OURS, "registers/services/risks.py",
        "import rest_framework.exceptions\n", "imports rest_framework.exceptions",
    ),
    (
        writes.unsafe_service, OURS, "registers/services/risks.py",
        "def f(risk, *, by):\n    risk.save()\n    with acting(by, 'x'):\n        risk.save()\n",
        "f writes outside of acting()",
    ),
    (
        writes.unsafe_service, OURS, "riskhub/work/services.py",
        "def f(x):\n    with acting(None, 'x'):\n        move(x, 'y')\n",
        "f writes and has no keyword by",
    ),
    (
        writes.unsafe_service, OURS, "registers/services/risks.py",
        "def f(risk, by):\n    pass\n", "f takes by as a keyword only",
    ),
    (names.empty_class_name, OURS, "registers/x.py", "class RiskDataSet:\n    pass\n", "Data"),
    (names.empty_module_name, EVERYTHING, "registers/utils.py", "", "utils says nothing"),
    (names.put_off, EVERYTHING, "registers/x.py", "# TO" + "DO later\n", "x.py:1 is put off"),
    (names.put_off, TEMPLATES, "templates/x.html", "{# FIX" + "ME #}\n", "x.html:1 is put off"),
    (
        names.language_asked_by_hand, OURS, "registers/x.py",
        'x = (get_language() or "").startswith("en")\n', "x.py:1 has is_english()",
    ),
    (
        names.template_of_another_view, OURS, "registers/views/risks.py",
        "def risk_list(request):\n    return render_page(request, 'registers/risks.html')\n",
        "risk_list renders registers/risks.html",
    ),
    (forms.form_by_hand, TEMPLATES, "templates/registers/x.html", "{{ form.as_p }}", ".as_p"),
    (
        forms.plain_text_field, OURS, "registers/forms/x.py",
        "title = forms.CharField(max_length=9)", "forms.CharField()",
    ),
    (
        forms.form_by_hand, TEMPLATES, "templates/registers/x.html",
        '<input type="hidden" name="a"><textarea name="b">', "<textarea",
    ),
]  # fmt: skip
IDS = [f"{rule.__name__}-{number}" for number, (rule, *_rest) in enumerate(RULES)]


@pytest.mark.parametrize(("rule", "files"), [case[:2] for case in RULES], ids=IDS)
def test_every_file_keeps_the_rule(rule, files):
    assert [fault for source in files for fault in rule(source)] == []


@pytest.mark.parametrize(
    ("rule", "path", "text", "said"), [(r, *x) for r, _f, *x in RULES], ids=IDS
)
def test_the_rule_finds_what_breaks_it(rule, path, text, said):
    (fault,) = rule(Source(Path(path), text))
    assert said in fault
