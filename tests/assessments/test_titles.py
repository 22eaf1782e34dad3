"""Among many tabs of the browser each names what it shows."""

import re

import pytest

from assessments.urls import urlpatterns
from tests.house.sources import ROOT

FOLDER = ROOT / "templates" / "assessments"
TITLE = re.compile(r"{% block title %}(.*?){% endblock %}", re.DOTALL)


OF_NONE = {one.name for one in urlpatterns if "<" not in str(one.pattern)}
OF_ONE_THING = [FOLDER / f"{one.name}.html" for one in urlpatterns if one.name not in OF_NONE]
PAGES = [page for page in OF_ONE_THING if page.exists()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_title_names_the_thing(page):
    titles = TITLE.findall(page.read_text())
    assert all("{{" in title for title in titles)


def test_there_are_such_pages():
    assert len(PAGES) > 30
