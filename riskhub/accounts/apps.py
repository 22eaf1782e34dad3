from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "riskhub.accounts"

    def ready(self) -> None:
        from riskhub.accounts.wiring import wire  # noqa: PLC0415 - needs the app registry

        wire()
