"""Reading the heat map as a person does, and the risks that stand on it."""

import re
from xml.etree import ElementTree as ET

import pytest

from registers.services import close_risk
from tests.builders import assess, make_risk

URL = "/matrix/"
PICTURE = re.compile(r'<svg [^>]*class="rh-matrix".*?</svg>', re.DOTALL)
SMALL = re.compile(r'<svg [^>]*class="rh-matrix rh-matrix-small".*?</svg>', re.DOTALL)
SPOKEN = re.compile(r"Probability (\d), impact (\d), (\w+): (\d+) risks?( \(rare but severe\))?")
SVG = "{http://www.w3.org/2000/svg}"
EMPTY = dict.fromkeys(((p, i) for p in range(1, 6) for i in range(1, 6)), 0)


def page(client, **query):
    response = client.get(URL, query)
    assert response.status_code == 200
    return response.content.decode()


def cells(html, picture=PICTURE):
    """{(probability, impact): the link of that cell}."""
    root = ET.fromstring(picture.search(html)[0])  # noqa: S314 - our own
    links = list(root.iter(f"{SVG}a"))
    return {tuple(map(int, link.get("data-cell").split("-"))): link for link in links}


def spoken(html, picture=PICTURE):
    """{(probability, impact): (level word, count)} as a screen reader says them."""
    found = {}
    for place, link in cells(html, picture).items():
        probability, impact, level, count, _note = SPOKEN.fullmatch(link.get("aria-label")).groups()
        assert (int(probability), int(impact)) == place
        found[place] = (level, int(count))
    return found


def counts(html):
    return {place: count for place, (_level, count) in spoken(html).items() if count}


def codes(html):
    """The risks in the list beside the picture, in their order."""
    return re.findall(r'class="rh-name" href="/risks/(R\d+)/"', html)


def shown_by_list(client, url):
    """How many risks the list shows to which this address leads."""
    return client.get(url).context["page"].count


def link(html, words):
    """The address behind the link with these words."""
    found = re.search(rf'<a [^>]*href="([^"]*)"[^>]*>{re.escape(words)}</a>', html)
    return found[1].replace("&amp;", "&")


@pytest.fixture
def rated(register, risk_manager, second_manager):
    """`rated(inherent, residual, target=None, department=None, ...)`: a risk judged and confirmed."""

    def make(inherent, residual, target=None, **fields):
        risk = make_risk(register, by=risk_manager, **fields)
        people = {"by": risk_manager, "confirmed_by": second_manager}
        assess(risk, inherent, residual, target=target, **people)
        return risk

    return make


@pytest.fixture
def risks(rated, register, risk_manager, clean, repair):
    """Cells (4,3) twice, (1,5), (2,2) of REPAIR; one not rated, one closed."""
    rated((5, 4), (4, 3), title="客户家中漏水", department=clean)
    rated((4, 4), (4, 3), target=(2, 3), title="钥匙丢失", department=clean)
    rated((2, 5), (1, 5), title="燃气泄漏", department=clean)
    rated((3, 3), (2, 2), title="配件发错", department=repair)
    make_risk(register, by=risk_manager, title="未评估", department=clean)
    closed = rated((3, 3), (3, 3), title="已停办", department=clean)
    close_risk(closed, by=risk_manager, reason="停办")
