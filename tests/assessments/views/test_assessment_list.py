import pytest

from assessments.services import confirm_assessment, reject_assessment
from tests.assessments.matrices import in_force
from tests.assessments.pages import queries_of
from tests.builders import assess

pytestmark = pytest.mark.django_db

URL = "/risks/R001/assessments/"


def test_the_history_newest_first(risk, risk_manager, second_manager, sign_in):
    first = assess(risk, (3, 3), (2, 3), by=risk_manager)
    sent_back = assess(risk, (5, 5), (5, 5), by=risk_manager)
    reject_assessment(sent_back, by=second_manager, reason="分数过高")
    waiting = assess(risk, (4, 4), (4, 3), by=risk_manager)
    page = sign_in(risk_manager).get(URL)
    assert page.status_code == 200
    assert [a.pk for a in page.context["history"]] == [waiting.pk, sent_back.pk, first.pk]
    assert "分数过高" in page.text


def test_who_sent_it_back_is_named_and_what_its_assessor_took_back_is_not_called_sent_back(
    risk, risk_manager, second_manager, sign_in
):
    reject_assessment(assess(risk, (5, 5), (5, 5), by=risk_manager), by=second_manager, reason="高")
    reject_assessment(assess(risk, (5, 4), (5, 4), by=risk_manager), by=risk_manager, reason="写错")
    page = sign_in(risk_manager).get(URL)
    own, other = page.context["history"]
    assert (own.returned, own.is_taken_back) == ("Taken back:", True)
    assert (other.returned, other.is_taken_back) == (f"{second_manager} sent it back:", False)
    assert f"{second_manager} sent it back: 高" in page.text
    assert "Taken back: 写错" in page.text
    form = sign_in(risk_manager).get("/risks/R001/assess/")
    assert '<b>Taken back:</b> 写错<span class="d-block">What you had written' in form.text


def test_each_judged_under_a_former_matrix_names_it_and_what_holds_is_read_in_the_one_in_force(
    risk, risk_manager, approver, sign_in
):
    """In the cautious matrix (2,2) is no longer Low, and (3,3) is High."""
    client = sign_in(risk_manager)
    assess(risk, (3, 3), (2, 2), by=risk_manager)
    assert "judged under" not in client.get(URL).text
    in_force(by=risk_manager, approver=approver)
    (first,) = client.get(URL).context["history"]
    assert (first.judged_under, list(first.readings)) == ("M1", ["inherent", "residual"])
    text = client.get(URL).text
    assert text.count("judged under M1") == 1
    assert (text.count("High under M2"), text.count("Medium under M2")) == (1, 1)
    assess(risk, (2, 2), (1, 1), by=risk_manager)
    text = client.get(URL).text
    assert text.count("judged under M1") == 1
    assert "under M2" not in text
    assert "</span> M1</span>" in text


def test_the_box_of_what_waits_says_what_it_reads_as(
    risk, risk_manager, second_manager, approver, sign_in
):
    assess(risk, (5, 5), (2, 2), by=risk_manager)
    in_force(by=risk_manager, approver=approver)
    text = sign_in(second_manager).get(URL).text
    box = text[text.index("Waiting for confirmation") : text.index("<table")]
    assert box.count("Medium under M2") == 1


def test_nothing_yet(risk, risk_manager, sign_in):
    assert "Not assessed yet" in sign_in(risk_manager).get(URL).text


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("risk_manager", (False, True)), ("second_manager", (True, True)), ("approver", (True, True)),
        ("head_cleaning", (False, False)), ("auditor", (False, False)),
    ],
)  # fmt: skip
def test_who_finds_which_button(request, risk, sign_in, who, may):
    """Whether they may confirm, and whether they may send back."""
    request.getfixturevalue("second_manager")
    assess(risk, (5, 5), (5, 5), by=request.getfixturevalue("risk_manager"))
    context = sign_in(request.getfixturevalue(who)).get(URL).context
    assert (context["can_confirm"], context["can_reject"]) == may


def test_the_query_count_does_not_grow(risk, risk_manager, second_manager, sign_in):
    client = sign_in(risk_manager)
    confirm_assessment(assess(risk, (5, 5), (5, 5), by=risk_manager), by=second_manager)
    one = queries_of(client, URL)
    for _time in range(2):
        confirm_assessment(assess(risk, (5, 5), (5, 5), by=second_manager), by=risk_manager)
    assert queries_of(client, URL) == one


@pytest.mark.parametrize(
    ("who", "status"),
    [("staff_cleaning", 200), ("auditor", 200), ("head_repair", 404), ("outsider", 404)],
)
def test_who_sees_it(request, risk, sign_in, who, status):
    client = sign_in(request.getfixturevalue(who))
    assert client.get(URL).status_code == status
    assert client.post(URL).status_code == 405
