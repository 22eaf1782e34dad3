from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "riskhub.notices"

    def ready(self) -> None:
        from riskhub.notices import services  # noqa: PLC0415 - needs the app registry
        from riskhub.notices.work import mail_owed  # noqa: PLC0415 - the same
        from riskhub.work.registry import register_kind  # noqa: PLC0415 - the same

        register_kind(services.MAIL, mail_owed)
