"""The addresses of notices, and what is sent to them."""

from tests.access.row import SIGNED_IN, page

ADMIN = ("admin",)
GROUP = {"thing": "webhook", "gate": ADMIN, "sees": ADMIN}
NOTICES = {
    "notices:notice_list": page({"GET": {200: SIGNED_IN}}),
    "notices:notice_open": page({"POST": {302: ("staff",)}}, thing="notice", sees=("staff",)),
    "notices:notice_read": page({"POST": {302: SIGNED_IN}}),
    "notices:subscription_edit": page({"GET": {200: SIGNED_IN}, "POST": {422: SIGNED_IN}}),
    "notices:webhook_list": page({"GET": {200: ADMIN}}, gate=ADMIN),
    "notices:webhook_create": page({"GET": {200: ADMIN}, "POST": {422: ADMIN}}, gate=ADMIN),
    "notices:webhook_edit": page({"GET": {200: ADMIN}, "POST": {422: ADMIN}}, **GROUP),
    "notices:webhook_try": page({"POST": {302: ADMIN}}, **GROUP),
    "notices:webhook_remove": page({"POST": {302: ADMIN}}, **GROUP),
}
SENT_TO_NOTICES = {
    "notices:notice_open": lambda _world: {},
    "notices:notice_read": lambda _world: {},
    "notices:subscription_edit": lambda _world: {"files": "bell"},
    "notices:webhook_create": lambda _world: {
        "name": "客服群", "robot": "json", "topics": "danger", "locale": "zh-hans",
        "address": "https://hook.example.com/in",
    },
    "notices:webhook_edit": lambda _world: {
        "name": "客诉群", "topics": "danger", "locale": "zh-hans",
    },
    "notices:webhook_try": lambda _world: {},
    "notices:webhook_remove": lambda _world: {},
}  # fmt: skip
SENDERS_OF_NOTICES = {
    "notices:notice_open": "staff",
    "notices:notice_read": "staff",
    "notices:webhook_create": "admin",
    "notices:webhook_edit": "admin",
    "notices:webhook_try": "admin",
    "notices:webhook_remove": "admin",
}
OWN_NOTICES = {"notices:notice_open", "notices:notice_read", "notices:subscription_edit"}
