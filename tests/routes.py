"""Every address that the product answers, read from the resolver."""

from dataclasses import dataclass
from functools import cache, cached_property

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Route:
    """`name` is as in `reverse` (`registers:risk_list`); `parameters` what stands in the address."""

    name: str
    pattern: str
    parameters: tuple[str, ...]
    callback: object

    @property
    def is_ours(self):
        return self.view.__module__.partition(".")[0] in {
            "riskhub", "registers", "assessments", "incidents",
        }  # fmt: skip

    @cached_property
    def view(self):
        """The class of a class-based view, else the function below its decorators."""
        return getattr(self.callback, "cls", None) or getattr(
            self.callback, "view_class", self.callback
        )

    @property
    def key(self):
        """The name; with the parameters, where one name stands for several addresses."""
        several = [route.name for route in routes()].count(self.name) > 1
        return "/".join((self.name, *self.parameters)) if several else self.name


@cache
def routes():
    return sorted(_walk(get_resolver(), "", ()), key=lambda route: route.pattern)


def _walk(resolver, prefix, namespaces):
    for entry in resolver.url_patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = (*namespaces, entry.namespace) if entry.namespace else namespaces
            yield from _walk(entry, pattern, inner)
        elif isinstance(entry, URLPattern):
            name = ":".join((*namespaces, entry.name or ""))
            parameters = tuple(entry.pattern.regex.groupindex)
            yield Route(name, pattern, parameters, entry.callback)
