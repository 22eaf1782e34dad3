import pytest
from django.contrib.auth.hashers import make_password
from django.template.loader import render_to_string
from django.utils.translation import override

from riskhub.accounts.models import Department, User
from riskhub.web.pagination import Page, paginate, paginate_list
from tests.house.sources import template_sources


@pytest.fixture
def people(db):
    department = Department.objects.create(code="D", name_zh="部", path="/1/")
    User.objects.bulk_create(
        User(
            username=f"u{n:02}",
            display_name=f"{n}",
            department=department,
            password=make_password(None),
        )
        for n in range(7)
    )
    return User.objects.filter(username__startswith="u").order_by("-username")


def names(page):
    return [user.username for user in page]


@pytest.mark.parametrize(
    ("asked", "number", "shown"),
    [
        (None, 1, ["u06", "u05", "u04"]),
        ("2", 2, ["u03", "u02", "u01"]),
        ("3", 3, ["u00"]),
        ("99", 3, ["u00"]),
        ("0", 1, ["u06", "u05", "u04"]),
        ("-1", 1, ["u06", "u05", "u04"]),
        ("x", 1, ["u06", "u05", "u04"]),
        ("٣", 1, ["u06", "u05", "u04"]),
        ("9" * 400, 1, ["u06", "u05", "u04"]),
    ],
)
def test_the_nearest_page_that_exists(rf, people, asked, number, shown):
    page = paginate(rf.get("/", {"page": asked} if asked else {}), people, per_page=3)
    assert (page.number, page.count, page.last, names(page), len(page)) == (
        number,
        7,
        3,
        shown,
        len(shown),
    )


def test_one_count_and_joins_only_for_the_rows_shown(rf, people, django_assert_num_queries):
    load = User.objects.select_related("department")
    with django_assert_num_queries(3) as queries:
        page = paginate(rf.get("/?page=2"), people, load=load, per_page=3)
        assert [user.department.code for user in page] == ["D"] * 3
        assert page.count == page.count == 7
    assert names(page) == ["u03", "u02", "u01"]
    joined = ["JOIN" in query["sql"] for query in queries.captured_queries]
    assert joined == [False, False, True]


def test_without_load_two_queries(rf, people, django_assert_num_queries):
    with django_assert_num_queries(2):
        paginate(rf.get("/"), people, per_page=3)


def test_an_empty_list_is_one_page(rf, db, django_assert_num_queries):
    with django_assert_num_queries(1):
        page = paginate(rf.get("/?page=4"), User.objects.none().union(User.objects.filter(pk=0)))
    assert (page.number, page.last, page.first_row, page.last_row) == (1, 1, 0, 0)
    assert (page.previous, page.next, page.numbers) == (None, None, [1])


@pytest.mark.parametrize(
    ("number", "numbers"),
    [
        (1, [1, 2, None, 25]),
        (3, [1, 2, 3, 4, None, 25]),
        (12, [1, None, 11, 12, 13, None, 25]),
        (25, [1, None, 24, 25]),
    ],
)
def test_the_numbers_around_a_page(number, numbers):
    assert Page([None] * 50, number, 1234).numbers == numbers


def test_rows_are_numbered_over_the_whole_list():
    page = Page([None] * 34, 25, 1234)
    assert (page.first_row, page.last_row, page.previous, page.next) == (1201, 1234, 24, None)


class TestFoot:
    """The line below a list: at the foot of its card, and only where there are more pages."""

    def foot(self, rf, count):
        page = paginate_list(rf.get("/"), range(count), per_page=5)
        return render_to_string("components/pagination.html", {"page": page}, rf.get("/")).strip()

    @pytest.mark.parametrize("count", [0, 1, 5])
    def test_one_page_needs_none(self, rf, count):
        assert self.foot(rf, count) == ""

    def test_more_pages(self, rf):
        with override("en"):
            foot = self.foot(rf, 6)
        assert foot.startswith('<div class="rh-card-foot rh-row rh-row-wrap rh-pages">')
        assert "1–5 of 6" in foot

    def test_it_brings_its_foot_along(self):
        wrapped = '<div class="rh-card-foot">{% include "components/pagination.html"'
        used = [s for s in template_sources() if "components/pagination.html" in s.text]
        assert len(used) > 10
        assert [str(source.path) for source in used if wrapped in source.text] == []
