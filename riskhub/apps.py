from django.apps import AppConfig


class RiskHubConfig(AppConfig):
    """The project itself, for the commands that need every app."""

    name = "riskhub"
