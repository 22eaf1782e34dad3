"""Sending a step of an incident as its page does."""


def send(client, incident, step, **values):
    return client.post(f"/incidents/{incident.code}/{step}/", values)


def send_to(client, row, kind, step, **values):
    """To a piece of an incident, by its key."""
    return client.post(f"/incidents/{kind}/{row.pk}/{step}/", values)
