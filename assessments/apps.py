from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "assessments"

    def ready(self) -> None:
        from assessments.wiring import wire  # noqa: PLC0415 - needs the app registry

        wire()
