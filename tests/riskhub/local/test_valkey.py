"""The broker's folder: written by one engine, read by no other."""

import redis

from riskhub.local.engines import Addresses


def broker(machine):
    return redis.Redis(unix_socket_path=str(Addresses.read(machine.folder.state).valkey))


def test_what_was_acknowledged_survives_a_stop(machine):
    user = machine.use_engines()
    with broker(machine) as client:
        client.set("kept", "1")
    user.kill()
    machine.wait_until_nothing_runs()

    machine.use_engines()

    with broker(machine) as client:
        assert client.get("kept") == b"1"
        assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}


def test_a_folder_of_another_engine_is_refused_with_a_recipe(machine):
    machine.use_engines().kill()
    machine.wait_until_nothing_runs()
    (machine.folder.valkey / "ENGINE").write_text("redis 7\n")

    process = machine.start("manage.py", "migrate", "--check")
    said = process.communicate()[0]

    assert process.returncode == 1
    assert "were written by redis 7; this installation brings valkey 9." in said
    machine.wait_until_nothing_runs()


def test_a_folder_without_a_mark_is_refused(machine):
    machine.folder.valkey.mkdir(parents=True)
    (machine.folder.valkey / "appendonly.aof").write_text("")

    process = machine.start("manage.py", "migrate", "--check")
    said = process.communicate()[0]

    assert process.returncode == 1
    assert "no file ENGINE" in said
