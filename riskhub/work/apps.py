from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "riskhub.work"

    def ready(self) -> None:
        from riskhub.work.wiring import wire  # noqa: PLC0415 - needs the app registry

        wire()
