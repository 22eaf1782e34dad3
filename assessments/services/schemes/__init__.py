"""Drafts of the matrix, what management says to them, and what happens when one comes into force."""

from assessments.services.schemes.decisions import (
    CannotDecideScheme,
    SchemeIncomplete,
    decide_scheme,
    recall_scheme,
    submit_scheme,
)
from assessments.services.schemes.drafts import discard_scheme, save_scheme, start_scheme

__all__ = [
    "CannotDecideScheme",
    "SchemeIncomplete",
    "decide_scheme",
    "discard_scheme",
    "recall_scheme",
    "save_scheme",
    "start_scheme",
    "submit_scheme",
]
