from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "riskhub.web"

    def ready(self) -> None:
        from riskhub.web.required import say_what_to_do  # noqa: PLC0415 - needs the settings

        say_what_to_do()
