from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "riskhub.files"

    def ready(self) -> None:
        from riskhub.files.wiring import wire  # noqa: PLC0415 - needs the app registry

        wire()
