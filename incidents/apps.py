from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    name = "incidents"

    def ready(self) -> None:
        from incidents.trail import name_trail  # noqa: PLC0415 - needs the app registry
        from incidents.wiring import wire  # noqa: PLC0415 - the same

        name_trail()
        wire()
