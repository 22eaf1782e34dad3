"""One's own views go; what is shared, the risk manager takes away, too."""

from riskhub.search.models import SavedView
from riskhub.search.services import create_saved_view
from tests.registers.audit import Trail


def test_ones_own(sign_in, risk_manager, view):
    trail = Trail()
    answer = sign_in(risk_manager).post(f"/views/{view.pk}/delete/")
    assert answer["Location"] == "/risks/"
    assert not SavedView.objects.exists()
    assert trail.events() == [("saved_view.deleted", "search_savedview", "delete")]


def test_what_another_shares_is_the_risk_managers_to_take_away(
    sign_in, risk_manager, head_cleaning, ops, staff_cleaning
):
    risk_manager.department = ops
    risk_manager.save()
    shared = create_saved_view(
        "registers:risk_list", by=head_cleaning, name="组", query={}, columns=[],
        shared_with="department",
    )  # fmt: skip
    assert sign_in(staff_cleaning).post(f"/views/{shared.pk}/delete/").status_code == 403
    assert sign_in(risk_manager).post(f"/views/{shared.pk}/delete/").status_code == 302


def test_it_is_a_button(sign_in, risk_manager, view):
    assert sign_in(risk_manager).get(f"/views/{view.pk}/delete/").status_code == 405
