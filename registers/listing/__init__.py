"""The list of risks: what is chosen, its rows, and what stands around them."""

from registers.listing.addresses import address
from registers.listing.chips import cell_of, chips_of
from registers.listing.page import around, row_again, shortcuts_of
from registers.listing.tabs import views_of

__all__ = [
    "address",
    "around",
    "cell_of",
    "chips_of",
    "row_again",
    "shortcuts_of",
    "views_of",
]
