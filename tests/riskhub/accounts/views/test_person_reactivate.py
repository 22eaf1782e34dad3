"""The account opens again; the sessions of before do not."""

from riskhub.accounts.models import User
from riskhub.accounts.services import deactivate_user
from tests.registers.audit import Trail


def test_open_again(as_admin, admin, outsider, sign_in):
    theirs = sign_in(outsider)
    deactivate_user(outsider, by=admin)
    trail = Trail()
    response = as_admin.post(f"/settings/people/{outsider.pk}/reactivate/")
    assert response["Location"] == outsider.get_absolute_url()
    assert User.objects.get(pk=outsider.pk).is_active
    assert trail.only("accounts_user").action == "user.reactivated"
    assert theirs.get("/notices/").status_code == 302


def test_what_is_open_cannot_be_opened(as_admin, outsider):
    assert as_admin.post(f"/settings/people/{outsider.pk}/reactivate/").status_code == 409
