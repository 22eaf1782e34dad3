from django.apps import AppConfig


class RiskHubConfig(AppConfig):
    """The project itself, for the commands that need every app."""

    name = "riskhub"

    def ready(self) -> None:
        from riskhub.wiring import wire  # noqa: PLC0415 - needs the app registry

        wire()
