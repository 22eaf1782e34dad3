from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from riskhub.accounts.models import User

PASSWORD = "Quiet-river-27"


@pytest.fixture
def create(db, monkeypatch):
    monkeypatch.setenv("RISKHUB_PASSWORD", PASSWORD)

    def run(*arguments):
        said = StringIO()
        call_command("create_user", *arguments, stdout=said)
        return said.getvalue()

    return run


def test_somebody_with_roles_everywhere(create):
    said = create(
        "boss", "--name", "陈静", "--role", "admin", "--role", "risk_manager",
        "--email", "boss@example.com", "--lang", "en",
    )  # fmt: skip
    user = User.objects.get(username="boss")
    assert (user.display_name, user.email, user.locale) == ("陈静", "boss@example.com", "en")
    assert user.check_password(PASSWORD)
    assert user.roles.everywhere_roles == {"admin", "risk_manager"}
    assert said == "boss can sign in (admin, risk_manager).\n"


def test_the_role_of_one_department(create, ops):
    create("head", "--name", "周立", "--role", "department_head", "--department", "OPS")
    user = User.objects.get(username="head")
    assert user.department == ops
    assert user.roles.department_ids("department_head") == {ops.pk}
    assert not user.roles.everywhere("department_head")


def test_without_a_role_it_is_said_what_that_means(create):
    assert "without a role" in create("guest", "--name", "访客")


def test_the_password_is_asked_for(create, monkeypatch):
    monkeypatch.delenv("RISKHUB_PASSWORD")
    monkeypatch.setattr("getpass.getpass", lambda _prompt: "Another-river-8")
    create("asked", "--name", "问")
    assert User.objects.get(username="asked").check_password("Another-river-8")


def test_a_weak_password_is_refused(create, monkeypatch):
    monkeypatch.setenv("RISKHUB_PASSWORD", "1234")
    with pytest.raises(CommandError):
        create("weak", "--name", "弱")
    assert not User.objects.exists()


def test_a_name_that_is_taken_is_refused(create):
    create("twice", "--name", "一")
    with pytest.raises(CommandError):
        create("twice", "--name", "二")
    assert User.objects.get().display_name == "一"


def test_an_unknown_department_names_the_known_ones(create):
    with pytest.raises(CommandError, match=r"There are: .*OPS"):
        create("lost", "--name", "谁", "--department", "NOWHERE")
    assert not User.objects.exists()
