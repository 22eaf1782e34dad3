from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "riskhub.accounts"

    def ready(self) -> None:
        from riskhub.accounts import services  # noqa: PLC0415 - models are loaded now, not before
        from riskhub.web import preferences  # noqa: PLC0415 - the same

        preferences.keep_with(
            "language", lambda user, locale: services.set_language(user, by=user, locale=locale)
        )
        preferences.keep_with(
            "theme", lambda user, theme: services.set_theme(user, by=user, theme=theme)
        )
