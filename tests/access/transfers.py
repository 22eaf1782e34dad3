"""The addresses of policies, clauses and suppliers and what is sent to them."""

from registers.models.transfers import TRANSFERS as KINDS
from registers.services import end_transfer
from tests.access.row import SEE, SIGNED_IN, api, page

ENTER = ("manager", "finance")
TRANSFER = {"thing": "transfer", "gate": ENTER, "sees": ENTER}

TRANSFERS = {
    "registers:transfer_list": page({"GET": {200: SEE}}),
    "registers:transfer_create": page(
        {"GET": {200: ENTER}, "POST": {422: ENTER}},
        thing="transfer_kind",
        gate=ENTER,
        sees=ENTER,
    ),
    "registers:transfer_edit": page({"GET": {200: ENTER}, "POST": {422: ENTER}}, **TRANSFER),
    "registers:transfer_end": page({"POST": {302: ENTER}}, **TRANSFER),
    # It is in use.
    "registers:transfer_reopen": page({"POST": {409: ENTER}}, **TRANSFER),
}


def transfer_api(noun):
    return {
        f"api:{noun}_list": api({"GET": {200: SIGNED_IN}, "POST": {400: ENTER}}),
        f"api:{noun}_detail": api({"GET": {200: SEE}, "PATCH": {428: ENTER}}, thing=noun),
        f"api:{noun}_end": api({"POST": {200: ENTER}}, thing=noun),
        f"api:{noun}_reopen": api({"POST": {409: ENTER}}, thing=noun),
    }


TRANSFERS_API = {
    **transfer_api("policy"),
    **transfer_api("clause"),
    **transfer_api("supplier"),
}


def ended(world, kind="policy"):
    """As if it had been ended before."""
    made = KINDS[kind].objects.get(code=world.value(kind, "own"))
    end_transfer(made, by=world.people["manager"])
    return {}


def _sent_by_api(kind):
    return {
        f"api:{kind}_list": lambda _world: {"code": "NEW", "name_zh": "新"},
        f"api:{kind}_detail": lambda _world: {"note": "续保"},
        f"api:{kind}_end": lambda _world: {},
        f"api:{kind}_reopen": lambda world: ended(world, kind),
    }


SENT_TO_TRANSFERS = {
    "registers:transfer_create": lambda _world: {"code": "NEW", "name_zh": "新"},
    "registers:transfer_edit": lambda _world: {"note": "续保"},
    "registers:transfer_end": lambda _world: {},
    "registers:transfer_reopen": ended,
    **_sent_by_api("policy"),
    **_sent_by_api("clause"),
    **_sent_by_api("supplier"),
}
