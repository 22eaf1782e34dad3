"""Sending a step of an incident as its page does."""


def send(client, incident, step, **values):
    return client.post(f"/incidents/{incident.code}/{step}/", values)
