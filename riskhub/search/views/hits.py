from django.http import HttpResponse
from django.views.decorators.http import require_safe

from riskhub.search.finding import cleaned, find
from riskhub.web.access import signed_in
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest

IN_BAR, ON_PAGE = 6, 20
BAR = "command-hits"


@require_safe
@signed_in
def hit_list(request: SignedInRequest) -> HttpResponse:
    """A few of each kind below the command bar, more of them on the page of its own."""
    text = cleaned(request.GET.get("q", ""))
    most = IN_BAR if request.htmx.target == BAR else ON_PAGE
    groups = find(request.user, text, most)
    count = sum(len(group.hits) for group in groups)
    context = {"q": text, "groups": groups, "count": count}
    return render_page(request, "search/hit_list.html", context)
