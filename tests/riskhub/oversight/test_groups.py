"""What was done at once stands together, whatever came between, and no page repeats or forgets it."""

from uuid import UUID

import pytest

from riskhub.accounts.models import Department
from riskhub.audit.context import acting, entered
from riskhub.audit.models import AuditEvent
from riskhub.oversight import groups
from riskhub.oversight.groups import count_of, counted, groups_of

pytestmark = pytest.mark.django_db
A, B, C = (UUID(int=number) for number in (1, 2, 3))
EVENTS = AuditEvent.objects.filter(object_type="accounts_department", action="department.renamed")


@pytest.fixture
def bare(ops):
    """`bare()` renames without a request."""

    def done():
        with acting(None, "department.renamed"):
            name = f"n{AuditEvent.objects.latest('pk').pk}"
            Department.objects.filter(pk=ops.pk).update(name_en=name)

    return done


@pytest.fixture
def rename(bare):
    """`rename(A, 2)` renames twice in request A."""

    def done(request, times=1):
        for _n in range(times):
            with entered(request_id=request):
                bare()

    return done


def shapes(page):
    """(request, how many events) of each group, newest first."""
    return [(group.newest.request_id, group.count) for group in page.groups]


def all_pages(events):
    before, found = None, []
    while True:
        page = groups_of(events, before)
        found += shapes(page)
        if page.older is None:
            return found
        before = page.older


def test_a_request_is_one_group_where_its_newest_event_stands(rename, bare):
    rename(A, 2)
    rename(B)
    bare()
    rename(A)
    bare()
    page = groups_of(EVENTS)
    assert shapes(page) == [(None, 1), (A, 3), (None, 1), (B, 1)]
    first = page.groups[1]
    assert [told.event.pk for told in first.told] == list(
        EVENTS.filter(request_id=A).order_by("pk").values_list("pk", flat=True)
    )
    assert (first.newest, page.older, page.is_newest) == (first.told[-1].event, None, True)


@pytest.mark.parametrize("window", [1, 2, 3, 500])
@pytest.mark.parametrize("per_page", [1, 2, 3])
def test_every_group_stands_on_one_page(rename, bare, monkeypatch, window, per_page):
    monkeypatch.setattr(groups, "WINDOW", window)
    monkeypatch.setattr(groups, "PER_PAGE", per_page)
    for request in (A, B, A, A, C, B, A):
        rename(request)
        bare()
    found = all_pages(EVENTS)
    assert len(found) == 10
    assert [request for request, _count in found if request] == [A, B, C]
    assert dict(found) == {A: 4, B: 2, C: 1, None: 1}


def test_a_change_of_very_many_rows_costs_one_step(rename, bare, monkeypatch, queries_of):
    monkeypatch.setattr(groups, "WINDOW", 2)
    bare()
    rename(A, 3)
    few = queries_of(lambda: groups_of(EVENTS))
    rename(A, 9)
    assert queries_of(lambda: groups_of(EVENTS)) == few
    assert shapes(groups_of(EVENTS)) == [(A, 12), (None, 1)]


def test_a_page_takes_so_many_steps_and_goes_on_from_there(rename, monkeypatch):
    monkeypatch.setattr(groups, "WINDOW", 1)
    monkeypatch.setattr(groups, "MOST_STEPS", 2)
    for request in (C, B, A):
        rename(request, 2)
    page = groups_of(EVENTS)
    assert shapes(page) == [(A, 2), (B, 2)]
    assert shapes(groups_of(EVENTS, page.older)) == [(C, 2)]


def test_only_the_first_few_are_told_and_counting_ends(rename, monkeypatch):
    monkeypatch.setattr(groups, "MOST_COUNTED", 7)
    rename(A, 9)
    (group,) = groups_of(EVENTS).groups
    assert (len(group.told), group.count, group.counted, group.is_more) == (5, 8, "7+", True)
    assert counted(count_of(EVENTS)) == "7+"
    assert counted(7) == "7"


def test_nothing_at_all(db):
    page = groups_of(EVENTS)
    assert (page.groups, page.older, count_of(EVENTS)) == ([], None, 0)


def test_a_filter_finds_the_part_of_a_group_that_meets_it(rename, ops):
    rename(A, 2)
    with entered(request_id=A), acting(None, "department.closed"):
        Department.objects.filter(pk=ops.pk).update(is_active=False)
    departments = AuditEvent.objects.filter(object_type="accounts_department", request_id=A)
    assert shapes(groups_of(departments)) == [(A, 3)]
    assert shapes(groups_of(departments.filter(action="department.closed"))) == [(A, 1)]
    (group,) = groups_of(departments).groups
    assert (group.actions, group.names) == ("修改、关闭部门", "OPS")
