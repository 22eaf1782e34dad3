from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Words in Chinese and English without an extension: bigrams in a tsvector."""

    name = "riskhub.search"
