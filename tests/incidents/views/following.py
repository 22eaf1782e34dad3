"""The page of a complaint, opened as its customer opens it."""

from incidents.complaints.secrets import secret_of

STATUS = "/track/status"


def follow(client, complaint):
    answer = client.post(
        "/track", {"number": complaint.code, "secret": secret_of(complaint.client_uuid)}
    )
    assert answer.status_code == 302
    return client
