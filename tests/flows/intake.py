"""The pages on which customers complain, and the queue."""

from incidents.models import Complaint
from tests.flows.stops import Stop


def intake():
    yield Stop("incidents:complaint_tell", "")
    for who in ("risk.manager", "auditor", "approver"):
        yield Stop("incidents:complaint_list", who)
    yield Stop("incidents:complaint_list", query="?q=nothing+is+called+so")
    for one in Complaint.objects.order_by("pk")[:1]:
        yield Stop("incidents:complaint_detail", key=one.code)
