from django.apps import AppConfig


class SetupConfig(AppConfig):
    name = "riskhub.setup"

    def ready(self) -> None:
        from riskhub.setup.wiring import wire  # noqa: PLC0415 - needs the app registry

        wire()
