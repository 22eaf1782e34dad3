"""One policy, clause and supplier for the small company."""

from registers.models.transfers import TRANSFERS
from registers.services import TransferDraft, create_transfer


def enter_transfers(world):
    """One of each kind; the page is about the policy."""
    for kind, model in TRANSFERS.items():
        draft = TransferDraft(code=f"T-{kind}1", name_zh="保")
        made = create_transfer(model, draft, by=world.people["manager"])
        world.things[kind] = {"own": made.code}
    world.things["transfer"] = {"own": f"policy:{world.value('policy', 'own')}"}
    world.things["transfer_kind"] = {"own": "policy"}
