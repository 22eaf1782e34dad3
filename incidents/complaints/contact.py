"""Where a complainant is reached, and the hashes by which the same person is found again. Pure."""

from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext as _

from riskhub.personal.masks import masked_email, masked_name, masked_phone, masked_text
from riskhub.personal.reached import plain_email, plain_phone
from riskhub.personal.sealing import finding_hash

_FEWEST_DIGITS, _MOST_DIGITS = 5, 20


class Reached(Protocol):
    """A row with the four columns."""

    contact_name: str
    contact_phone: str
    contact_email: str
    contact_address: str


@dataclass(frozen=True)
class Contact:
    name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""

    @classmethod
    def of(cls, row: Reached) -> "Contact":
        return cls(row.contact_name, row.contact_phone, row.contact_email, row.contact_address)

    @property
    def is_reachable(self) -> bool:
        return bool(plain_phone(self.phone) or plain_email(self.email))

    @property
    def hashes(self) -> list[str]:
        """Of telephone and mail, each with its kind: digits are no address."""
        found = {"phone": plain_phone(self.phone), "email": plain_email(self.email)}
        return sorted(finding_hash(f"{kind}:{text}") for kind, text in found.items() if text)

    @property
    def columns(self) -> dict[str, str]:
        return {
            "contact_name": self.name, "contact_phone": self.phone, "contact_email": self.email,
            "contact_address": self.address,
        }  # fmt: skip


def phone_fault(phone: str) -> str:
    """Why this number cannot be dialled; empty where it can, or there is none."""
    if not phone or _FEWEST_DIGITS <= len(plain_phone(phone)) <= _MOST_DIGITS:
        return ""
    return _("Type the whole number: 138 1234 5678.")


def masked(row: Reached) -> Contact:
    """As it is shown to whoever did not ask for the whole of it."""
    return Contact(
        masked_name(row.contact_name), masked_phone(row.contact_phone),
        masked_email(row.contact_email), masked_text(row.contact_address),
    )  # fmt: skip
