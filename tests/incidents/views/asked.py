"""What a customer types, page by page, and the pages on which it is typed."""

TOLD = {
    "what": {"text": "厨房漏水,地板泡坏了", "troubles": ["damage"]},
    "order": {"order_ref": "DD-4711"},
    "wish": {"wish": "repair", "wish_text": "换新地板"},
    "contact": {"phone": "138 1234 5678", "name": "陈女士"},
    "photos": {},
}


def page_of(step):
    return "/complain" if step == "what" else f"/complain/{step}"


def tell(client, **changed):
    """Every question but the last look; each page leads to the next."""
    for step, typed in TOLD.items():
        answer = client.post(page_of(step), changed.get(step, typed))
        assert answer.status_code == 302, answer.context["form"].errors
    return client
