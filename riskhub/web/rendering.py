"""One way of answering with a page or with the part that htmx asked for.

A part is a named partial inside the page's own template. Its name is the DOM id of the element
that holds it, and the same id is the htmx target: one word in three places.

    {% partialdef risk-rows inline %}<div id="risk-rows">...</div>{% endpartialdef %}

A request whose `HX-Target` is no partial of the template gets the whole page, which the middleware
sends into `#page`; a forged target therefore shows nothing that the page itself would not. The view
has asked its permissions before it renders, whatever is rendered. Five patterns, no sixth:

1. Filter, sort, page a list: the form and the links of the list carry
   `data-hx-get="" data-hx-target="#risk-rows" data-hx-swap="outerHTML" data-hx-push-url="true"`.
   An element with `data-announce="..."` inside the part is read out after the swap.
2. State button: `<form method="post" action="..." data-hx-post="...">`. The view calls its service,
   adds a message and redirects as if htmx did not exist. Its answer becomes `HX-Location`: the page
   is fetched and swapped in place, without a jump where it is the same page. Buttons that
   lead to a file, or out of the site, are plain forms. What can be taken back for some seconds says
   so in its toast: `riskhub.web.toasts`. Single keys: the head of `static/riskhub/keys.js`.
3. Inline form: the same URL shows and saves. The form stands in its own partial and posts with
   `data-hx-target="#risk-form" data-hx-swap="outerHTML"`. Invalid: render the page again, and the
   bound form in the context makes it 422; focus goes to the list of errors. Stale: 409, see
   `riskhub.web.conflicts`.
4. Live preview: `data-hx-get="<preview url>" data-hx-trigger="change" data-hx-include="closest form"
   data-hx-target="#risk-preview"`. The rule stays on the server; nothing is saved on GET.
5. Lazy section or polling: `data-hx-get="..." data-hx-trigger="load"`, or `every 2s` and a status
   286 (`riskhub.web.rendering.STOP_POLLING`) with the last answer. The lazy element holds a link to
   the same URL for those without script.

Each form has a `method` and an `action`, each link an `href`: all of it works without script.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.forms import BaseForm
from django.forms.formsets import BaseFormSet
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template

from riskhub.web.requests import wants_part

STOP_POLLING = 286
SEVERAL = "--"
"""What stands several times on a page has its key behind its name: `risk-cell--R012-owner`."""
UNPROCESSABLE = 422


def render_page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    status: int | None = None,
) -> HttpResponse:
    """The page, or the partial named by `HX-Target`; 422 by itself where a posted form is invalid."""
    values = dict(context or {})
    if status is None:
        status = UNPROCESSABLE if _refused(request, values.values()) else 200
    part = part_wanted(request, template)
    name = f"{template}#{part}" if part else template
    return HttpResponse(get_template(name).render(values, request), status=status)


def part_wanted(request: HttpRequest, template: str) -> str:
    """The partial of this template that is asked for, or an empty string for the whole page."""
    if not wants_part(request):
        return ""
    target: str = request.htmx.target or ""  # type: ignore[attr-defined]  # see WebRequest
    engine_template = getattr(get_template(template), "template", None)
    partials = getattr(engine_template, "extra_data", {}).get("partials", {})
    name = target.partition(SEVERAL)[0]
    return name if name in partials else ""


def _refused(request: HttpRequest, values: Iterable[object]) -> bool:
    if request.method != "POST":
        return False
    return any(_is_invalid(value) for value in values)


def _is_invalid(value: object) -> bool:
    if isinstance(value, BaseForm):
        return value.is_bound and bool(value.errors)
    if isinstance(value, BaseFormSet):
        return value.is_bound and not value.is_valid()
    return False
