"""The addresses of registers and of the lists by which risks are sorted; read by `tests.access.table`."""

from tests.access.row import KEEP, SIGNED_IN, page

READ_TAXONOMY = (*KEEP, "auditor", "admin")
MANAGER = ("manager",)

LISTS = {
    "registers:term_list": page({"GET": {200: READ_TAXONOMY}}),
    "registers:term_create": page(
        {"GET": {200: MANAGER}, "POST": {422: MANAGER}}, thing="list", gate=MANAGER, sees=MANAGER
    ),
    "registers:term_edit": page(
        {"GET": {200: MANAGER}, "POST": {422: MANAGER}}, thing="term", gate=MANAGER, sees=MANAGER
    ),
    "registers:term_move": page({"POST": {400: MANAGER}}, thing="term", gate=MANAGER, sees=MANAGER),
    "registers:term_delete": page(
        {"POST": {302: MANAGER}}, thing="term", gate=MANAGER, sees=MANAGER
    ),
}

REGISTERS = {
    "registers:register_list": page({"GET": {200: SIGNED_IN}}),
    "registers:register_create": page({"GET": {200: KEEP}, "POST": {422: KEEP}}),
    "registers:register_edit": page({"GET": {200: KEEP}, "POST": {422: KEEP}}, thing="register"),
    # Risks are open in it, and it is in use.
    "registers:register_archive": page({"GET": {200: KEEP}, "POST": {422: KEEP}}, thing="register"),
    "registers:register_reopen": page({"POST": {409: KEEP}}, thing="register"),
}
