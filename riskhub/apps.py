from django.apps import AppConfig
from django.core import checks


class RiskHubConfig(AppConfig):
    """The project itself, for the commands that need every app."""

    name = "riskhub"

    def ready(self) -> None:
        from riskhub.startup import check_demo_data  # noqa: PLC0415 - needs the app registry
        from riskhub.wiring import wire  # noqa: PLC0415 - needs the app registry

        wire()
        checks.register(check_demo_data, checks.Tags.database)
