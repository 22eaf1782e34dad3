from django.template import Context, Template

from riskhub.web.filters import filter_chips
from tests.riskhub.web.pages import FilterForm


def chips(rf, query):
    request = rf.get(f"/?{query}")
    found = filter_chips(FilterForm(request.GET), request)
    return request, {chip.field.name: chip for chip in found}


def test_search_is_no_chip_and_nothing_chosen_is_off(rf):
    _request, found = chips(rf, "q=x")
    assert list(found) == ["level", "owner"]
    assert [chip.words for chip in found.values()] == ["", ""]


def test_a_chip_says_its_words_and_how_to_remove_it(rf):
    _request, found = chips(rf, "level=low&level=high&owner=1&q=x&page=3")
    assert found["level"].words == "低, 高"
    assert found["level"].clear_url == "?owner=1&q=x"
    assert found["owner"].words == "林晓芳"
    assert found["owner"].clear_url == "?level=low&level=high&q=x"


def test_a_forged_value_is_off(rf):
    _request, found = chips(rf, "level=<b>&owner=9")
    assert [chip.words for chip in found.values()] == ["", ""]


def test_the_rest_of_the_address_is_kept(rf):
    request, found = chips(rf, "level=low&q=%22x&sort=-code&page=3")
    html = Template("{% hidden_query chips %}").render(
        Context({"request": request, "chips": list(found.values())})
    )
    assert html == (
        '<input type="hidden" name="q" value="&quot;x">'
        '<input type="hidden" name="sort" value="-code">'
    )
