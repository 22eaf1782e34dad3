"""Seals: each committed event gets its place in one chain, and a broken place is named."""

import threading

import pytest
from django.db import connection, transaction

from riskhub.accounts.models import Department
from riskhub.audit.chain import GENESIS, head_hash, verify_chain
from riskhub.audit.context import acting
from riskhub.audit.models import AuditEvent, AuditSeal
from riskhub.audit.services import seal_events
from tests.horizon import wait_for_horizon

pytestmark = pytest.mark.django_db(transaction=True)


def change(name, by=None):
    with acting(by, "department.renamed"):
        Department.objects.filter(code="OPS").update(name_en=name)
    return AuditEvent.objects.latest("pk")


def seal_all():
    wait_for_horizon()
    while seal_events():
        pass


def test_every_committed_event_in_order():
    first, second = change("A"), change("B")
    seal_all()
    assert AuditEvent.objects.unsealed().count() == 0
    assert second.seal.seq == first.seal.seq + 1
    assert second.seal.prev_hash == first.seal.hash
    found = verify_chain()
    assert (found.is_whole, found.fault) == (True, "")
    assert found.events == AuditEvent.objects.count() == AuditSeal.objects.count()
    assert found.head_hash == head_hash() == second.seal.hash
    assert str(second.seal) == f"{second.seal.seq} {second.seal.hash[:12]}"


def test_an_empty_chain(db, as_owner):
    as_owner.execute("SET session_replication_role = replica; TRUNCATE audit_auditevent CASCADE")
    assert (head_hash(), verify_chain().head_hash, verify_chain().events) == (GENESIS, GENESIS, 0)


def test_so_many_at_a_time():
    seal_all()
    for number in range(3):
        change(str(number))
    wait_for_horizon()
    assert [seal_events(2), seal_events(2), seal_events(2)] == [2, 1, 0]


def test_what_is_not_committed_waits(runtime):
    """A change still open in another process is sealed by the next run, in the place it then has."""
    seal_all()
    runtime.execute("UPDATE accounts_department SET name_en = 'open' WHERE code = 'TECH'")
    change("meanwhile")
    assert seal_events() == 0  # what began before it may still commit below it
    runtime.commit()
    wait_for_horizon()
    assert seal_events() == 2
    assert verify_chain().is_whole
    assert AuditEvent.objects.unsealed().count() == 0


def test_what_was_rolled_back_leaves_no_hole(runtime):
    seal_all()
    runtime.execute("UPDATE accounts_department SET name_en = 'gone' WHERE code = 'TECH'")
    change("stays")
    runtime.rollback()
    wait_for_horizon()
    assert seal_events() == 1
    assert verify_chain().is_whole


def test_two_sealers_make_one_chain():
    for number in range(20):
        change(str(number))
    wait_for_horizon()
    barrier, done = threading.Barrier(2), []

    def seal():
        barrier.wait()
        done.append(seal_events())
        connection.close()

    threads = [threading.Thread(target=seal) for _n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(done) == AuditEvent.objects.count() == AuditSeal.objects.count()
    assert verify_chain().is_whole


def test_it_needs_a_transaction_of_its_own():
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        seal_events()


EVENT = "WHERE id = (SELECT event_id FROM audit_auditseal WHERE seq = 3)"
CHANGED = "event {} (seal 3) was changed"
SWAPPED = """
UPDATE audit_auditseal SET seq = -seq WHERE seq IN (3, 4);
UPDATE audit_auditseal SET seq = 7 + seq WHERE seq < 0;
"""
TAMPERED = [
    (f"UPDATE audit_auditevent SET reason = 'x' {EVENT}", CHANGED),
    (f"UPDATE audit_auditevent SET actor_name = '别人' {EVENT}", CHANGED),
    (f"UPDATE audit_auditevent SET after = after || '{{\"x\": 1}}' {EVENT}", CHANGED),
    (f"UPDATE audit_auditevent SET at = at + interval '1 microsecond' {EVENT}", CHANGED),
    (f"UPDATE audit_auditevent SET transaction_id = '3'::xid8 {EVENT}", CHANGED),
    ("UPDATE audit_auditseal SET sealed_at = sealed_at - interval '1 day' WHERE seq = 3", CHANGED),
    ("UPDATE audit_auditseal SET form = 1 WHERE seq = 3", CHANGED),
    ("UPDATE audit_auditseal SET form = 7 WHERE seq = 3", CHANGED),
    (f"DELETE FROM audit_auditevent {EVENT}", "event {} (seal 3) is missing"),
    ("DELETE FROM audit_auditseal WHERE seq = 3", "seal 3 is missing"),
    ("UPDATE audit_auditseal SET hash = repeat('0', 64) WHERE seq = 3", CHANGED),
    ("UPDATE audit_auditseal SET prev_hash = hash WHERE seq = 3", "seal 3 does not follow seal 2"),
    (SWAPPED, "seal 3 does not follow seal 2"),
]


@pytest.mark.parametrize(("attack", "fault"), TAMPERED)
def test_whoever_owns_the_tables_is_found_out(as_owner, attack, fault):
    for number in range(5):
        change(str(number))
    seal_all()
    event = AuditSeal.objects.get(seq=3).event_id
    as_owner.execute("SET session_replication_role = replica")
    as_owner.execute(attack)
    found = verify_chain()
    assert (found.is_whole, found.fault, found.events) == (False, fault.format(event), 2)


def test_seals_of_the_first_form_stay_whole(as_owner):
    """Sealed before there was another form: the hash of the event alone."""
    first, second = change("A"), change("B")
    seal_all()
    as_owner.execute("SET session_replication_role = replica")
    as_owner.execute(
        "UPDATE audit_auditseal s SET form = 1, hash = audit_hash(s.prev_hash, audit_canonical(e)) "
        "FROM audit_auditevent e WHERE e.id = s.event_id AND e.id = %s",
        [second.pk],
    )
    assert AuditSeal.objects.get(event=first).form == 2
    assert verify_chain().fault == ""
    third = change("C")
    seal_all()
    assert (verify_chain().fault, third.seal.prev_hash) == ("", head_before(third))


def head_before(event):
    return AuditSeal.objects.get(seq=event.seal.seq - 1).hash


def test_an_event_put_in_behind_the_seals(as_owner):
    last = change("A")
    seal_all()
    as_owner.execute(
        "INSERT INTO audit_auditevent (at, transaction_id, actor_name, action, reason, operation,"
        " object_type, object_id, object_label, ip_prefix)"
        " SELECT at, '3'::xid8, '甲', action, '', operation, object_type, object_id, '', ''"
        " FROM audit_auditevent WHERE id = %s",
        [last.pk],
    )
    found = verify_chain()
    assert (
        found.fault == f"event {AuditEvent.objects.latest('pk').pk} was put in behind the last seal"
    )
