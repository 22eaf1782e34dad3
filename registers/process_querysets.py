"""Which steps of the service there are, and which risks live at them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from registers.querysets import risk_scope
from riskhub.accounts.models import User

if TYPE_CHECKING:
    from registers.models import NodeRisk, ProcessNode  # noqa: F401 - named in quotes


class ProcessNodeQuerySet(models.QuerySet["ProcessNode"]):
    """The maps say how the company works: everybody who is signed in reads them."""

    def in_order(self) -> Self:
        """With their maps, as a list of choices shows them."""
        return self.select_related("map", "department").order_by("map__order", "order")


class NodeRiskQuerySet(models.QuerySet["NodeRisk"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(risk_scope(user, "risk__"))

    def at(self, nodes: Iterable["ProcessNode"]) -> Self:
        """The pins of any of these nodes."""
        places = Q(pk__in=[])
        for node in nodes:
            places |= Q(map=node.map_id, node_key=node.key)
        return self.filter(places)
