"""docker-compose.yml as Compose reads it: what must be set, who runs as whom, what says that it is well."""

import re
import shutil
import subprocess

import pytest
import yaml

from tests.checks.steps import ROOT

GIVEN = {
    "SECRET_KEY": "given-key",
    "POSTGRES_PASSWORD": "given-owner",
    "RUNTIME_PASSWORD": "given-runtime",
    "SITE_ADDRESS": "riskhub.example",
}
VARIABLE = re.compile(r"\$\$|\$\{(?P<name>\w+)(?:(?P<kind>:[-?])(?P<rest>[^}]*))?\}")
PARTS = {"postgres", "valkey", "migrate", "web", "worker", "beat", "proxy"}
ONE_OFF = {"migrate", "proxy-files"}
OWN_USER = {"postgres", "valkey"}
"""Official images that leave root by themselves before they serve."""


def read(given):
    """The file with its variables filled in as Compose does it; `KeyError` names what must be set."""

    def fill(match):
        if match[0] == "$$":
            return "$"
        if value := given.get(match["name"]):
            return value
        if match["kind"] == ":-":
            return match["rest"]
        raise KeyError(match["name"])

    text = (ROOT / "docker-compose.yml").read_text()
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    return yaml.safe_load(VARIABLE.sub(fill, "\n".join(lines)))


@pytest.fixture(scope="module")
def services():
    return read(GIVEN)["services"]


@pytest.mark.parametrize("name", sorted(GIVEN))
def test_no_secret_has_a_default(name):
    with pytest.raises(KeyError, match=name):
        read(GIVEN | {name: ""})


def test_every_part_is_there_and_names_only_what_exists(services):
    assert services.keys() == PARTS | ONE_OFF
    volumes = read(GIVEN)["volumes"]
    for name, service in services.items():
        assert set(service.get("depends_on", {})) <= services.keys(), name
        sources = {volume.split(":")[0] for volume in service.get("volumes", [])}
        named = {source for source in sources if not source.startswith("./")}
        assert named <= volumes.keys(), name
        for source in sources - named:
            assert (ROOT / source).exists(), (name, source)


def test_everything_that_stays_up_says_whether_it_is_well(services):
    for name in services.keys() - ONE_OFF:
        assert services[name]["restart"] == "unless-stopped", name
        check = services[name].get("healthcheck") or dockerfile_check(services[name])
        assert check.get("test"), name
        assert not check.get("disable"), name


def dockerfile_check(service):
    assert service["build"] == "."
    return {"test": re.findall(r"^HEALTHCHECK[^\n]*\\\n\s+CMD (.+)$", dockerfile(), re.MULTILINE)}


def dockerfile():
    return (ROOT / "Dockerfile").read_text()


def test_nothing_serves_as_root(services):
    assert re.findall(r"^USER (\w+)$", dockerfile(), re.MULTILINE) == ["riskhub"]
    for name in services.keys() - ONE_OFF - OWN_USER:
        service = services[name]
        assert service.get("build") == "." or service["user"].split(":")[0] != "0", name


def test_only_the_proxy_can_be_reached_and_its_word_on_addresses_is_believed(services):
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]
    assert services["web"]["environment"]["PROXY_HOPS"] == 1


def test_only_the_migration_holds_the_owner_of_the_tables(services):
    owners = [
        name
        for name, service in services.items()
        if "given-owner" in str(service.get("environment", ""))
    ]
    assert owners == ["postgres", "migrate"]
    assert "riskhub_app" in services["web"]["environment"]["DATABASE_URL"]


def test_docker_reads_it_where_docker_is():
    docker = shutil.which("docker")
    if (
        not docker
        or subprocess.run(
            [docker, "compose", "version"], check=False, capture_output=True
        ).returncode
    ):
        pytest.skip("docker compose is not on this machine.")
    command = [docker, "compose", "-f", str(ROOT / "docker-compose.yml"), "config", "--quiet"]
    done = subprocess.run(command, env=GIVEN, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
