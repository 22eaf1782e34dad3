import ast
from pathlib import Path

HERE = Path(__file__).parent
OWN = "tests.assessments.reference."


def imported(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom):
            yield node.module or ""
        elif isinstance(node, ast.Import):
            yield from (one.name for one in node.names)


def test_no_model_looks_into_the_product():
    """What is compared with the product must not be made of it."""
    models = [*HERE.glob("*_model.py"), HERE / "people.py"]
    assert len(models) == 6
    found = {name for path in models for name in imported(path)}
    assert {name for name in found if not name.startswith(OWN)} == {"dataclasses"}
