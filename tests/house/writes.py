"""Who may write, and how: services alone, in one transaction, in somebody's name."""

import ast

WRITING = {
    "save", "delete", "create", "update", "bulk_create", "bulk_update", "get_or_create",
    "update_or_create",
}  # fmt: skip
TRANSACTION = {"acting", "atomic", "move", "save_fields", "execute"}
HTTP = ("django.http", "django.shortcuts", "django.contrib.messages", "rest_framework",
        "riskhub.web")  # fmt: skip
SILENT_LAYERS = ("services", "permissions", "querysets", "models", "choices")


def write_outside_services(source):
    """Views, API and tasks fetch, ask, call one service and answer."""
    if source.layer not in {"views", "api", "tasks"}:
        return
    for call in _calls(source.tree):
        name = _name(call)
        if (isinstance(call.func, ast.Attribute) and name in WRITING) or name in TRANSACTION:
            yield source.at(call, f"{name}() belongs into a service")


def http_in_rules(source):
    """Services, permissions, querysets and models never see HTTP."""
    if source.layer not in SILENT_LAYERS:
        return
    for node in ast.walk(source.tree):
        modules = []
        if isinstance(node, ast.ImportFrom):
            modules = [node.module or ""]
        elif isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        for module in modules:
            if any(module == banned or module.startswith(f"{banned}.") for banned in HTTP):
                yield source.at(node, f"imports {module}")


def unsafe_service(source):
    """A public service that writes takes the keyword `by` and writes inside `with acting(by, ...)`."""
    if source.layer != "services":
        return
    for function in source.tree.body:
        if not isinstance(function, ast.FunctionDef) or function.name.startswith("_"):
            continue
        writes = [call for call in _calls(function) if _is_write(call)]
        keywords = {argument.arg for argument in function.args.kwonlyargs}
        positional = {argument.arg for argument in function.args.args}
        if "by" in positional:
            yield source.at(function, f"{function.name} takes by as a keyword only")
        if writes and "by" not in keywords:
            yield source.at(function, f"{function.name} writes and has no keyword by")
        inside = {id(call) for block in _acting_blocks(function) for call in _calls(block)}
        for call in writes:
            if id(call) not in inside:
                yield source.at(call, f"{function.name} writes outside of acting()")


def _is_write(call):
    name = _name(call)
    if name in {"move", "move_all", "save_fields"}:
        return True
    return isinstance(call.func, ast.Attribute) and name in WRITING


def _acting_blocks(function):
    for node in ast.walk(function):
        if isinstance(node, ast.With) and any(
            isinstance(item.context_expr, ast.Call) and _name(item.context_expr) == "acting"
            for item in node.items
        ):
            yield node


def _calls(tree):
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def _name(call):
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
