from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "registers"

    def ready(self) -> None:
        from registers.wiring import wire  # noqa: PLC0415 - needs the app registry

        wire()
