"""The addresses of notices, and what is sent to them."""

from tests.access.row import SIGNED_IN, page

NOTICES = {
    "notices:notice_list": page({"GET": {200: SIGNED_IN}}),
    "notices:notice_open": page({"POST": {302: ("staff",)}}, thing="notice", sees=("staff",)),
    "notices:notice_read": page({"POST": {302: SIGNED_IN}}),
    "notices:subscription_edit": page({"GET": {200: SIGNED_IN}, "POST": {422: SIGNED_IN}}),
}
SENT_TO_NOTICES = {
    "notices:notice_open": lambda _world: {},
    "notices:notice_read": lambda _world: {},
    "notices:subscription_edit": lambda _world: {"files": "bell"},
}
# Their own.
SENT_BY_STAFF = dict.fromkeys(("notices:notice_open", "notices:notice_read"), "staff")
OWN_NOTICES = set(SENT_TO_NOTICES)
