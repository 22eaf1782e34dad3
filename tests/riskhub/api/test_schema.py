"""The description of the API is complete and says nothing that is not so."""

from django.core.management import call_command


def test_it_is_made_without_a_warning(tmp_path):
    call_command("spectacular", "--fail-on-warn", "--validate", file=str(tmp_path / "schema.yml"))
