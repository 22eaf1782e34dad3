from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "riskhub.notices"

    def ready(self) -> None:
        from riskhub.notices.wiring import wire  # noqa: PLC0415 - needs the app registry

        wire()
