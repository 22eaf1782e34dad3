import pytest

from riskhub.company.services import set_preference
from tests.registers.pages import main_of

URL = "/controls/C-101/check/preview/"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("sample_size=20&exceptions=3&design_ok=yes", ("15%", "5.6% 至 31.4%", "部分有效")),
        ("sample_size=20&exceptions=0&design_ok=yes", ("0%", "有效")),
        ("sample_size=20&exceptions=0&design_ok=no", ("0%", "无效")),
        ("sample_size=0&exceptions=0&design_ok=yes", ("未测试",)),
    ],
)
def test_what_the_numbers_mean(control, manager, query, expected):
    words = main_of(manager.get(f"{URL}?{query}"))
    for one in expected:
        assert one in words


@pytest.mark.parametrize(
    "query",
    [
        "", "sample_size=20", "sample_size=20&exceptions=21&design_ok=yes",
        "sample_size=20&exceptions=3", "sample_size=x&exceptions=3&design_ok=yes",
        "sample_size=-1&exceptions=0&design_ok=yes", "sample_size=99999999&exceptions=3&design_ok=yes",
        "sample_size=٣&exceptions=1&design_ok=yes", "sample_size=2&exceptions=1&design_ok=maybe",
    ],
)  # fmt: skip
def test_nothing_yet(control, manager, query):
    assert manager.get(f"{URL}?{query}").context["preview"] is None


def test_by_the_companys_rule(control, manager, risk_manager):
    set_preference("check_effective_up_to", 15, by=risk_manager)
    page = manager.get(f"{URL}?sample_size=20&exceptions=3&design_ok=yes")
    assert page.context["preview"].result == "effective"


def test_the_part_and_only_that(control, manager, part):
    body = part(manager, f"{URL}?sample_size=20&exceptions=3&design_ok=yes", "check-preview")
    text = body.content.decode().strip()
    assert text.startswith('<div id="check-preview"')
    assert "<html" not in text


@pytest.mark.parametrize(
    ("who", "status"),
    [("head_cleaning", 200), ("auditor", 403), ("staff_cleaning", 404), ("head_repair", 404)],
)
def test_who_may(control, sign_in, request, who, status):
    assert sign_in(request.getfixturevalue(who)).get(URL).status_code == status


def test_wrong_method(control, manager):
    assert manager.post(URL).status_code == 405
