from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "riskhub.reports"

    def ready(self) -> None:
        from riskhub.reports.wiring import wire  # noqa: PLC0415 - needs the app registry

        wire()
