"""Who may do what about a risk of the cleaning team, as spec 2.8 draws it; nothing of the product."""

MANAGERS = {"manager", "second", "both"}
ANSWERERS = MANAGERS | {"head"}
"""Assess, submit, withdraw, keep contingency plans."""
WRITERS = ANSWERERS | {"staff"}
APPROVERS = {"approver", "boss", "both"}
CONFIRMERS = MANAGERS | APPROVERS
PEOPLE = sorted(WRITERS | APPROVERS | {"neighbour", "auditor"})
"""`both` writes and approves, `neighbour` is the head of another department."""
