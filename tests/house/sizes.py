"""Budgets: what is too long to be read in one go."""

import ast

FILE_LINES = 300
TEMPLATE_LINES = 120
STATEMENTS = 25
VIEW_LINES = 32  # about 25, and the signature and decorators


def long_file(source):
    limit = TEMPLATE_LINES if source.path.suffix == ".html" else FILE_LINES
    lines = source.text.count("\n")
    if lines > limit:
        yield f"{source.path} has {lines} lines, at most {limit}"


def long_function(source):
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            count = sum(isinstance(inner, ast.stmt) for inner in ast.walk(node)) - 1
            if count > STATEMENTS:
                yield source.at(node, f"{node.name} has {count} statements, at most {STATEMENTS}")


def long_view(source):
    if source.layer not in {"views", "api"}:
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef):
            lines = (node.end_lineno or 0) - node.lineno + 1
            if lines > VIEW_LINES:
                yield source.at(node, f"{node.name} has {lines} lines, at most {VIEW_LINES}")
