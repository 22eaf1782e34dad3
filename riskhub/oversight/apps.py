from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "riskhub.oversight"

    def ready(self) -> None:
        from riskhub.oversight.wiring import wire  # noqa: PLC0415 - needs the app registry

        wire()
