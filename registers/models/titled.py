from django.conf import settings
from django.utils.translation import get_language


class Titled:
    """What is written once in its own language (`lang`), with a `title` and perhaps a translated one."""

    title: str
    title_alt: str
    lang: str

    @property
    def name(self) -> str:
        """The title in the active language where there is a translation."""
        return (self.title_alt or self.title) if self._is_foreign else self.title

    @property
    def name_field(self) -> str:
        """Which of the two titles is read as `name` now, and so is the one that is changed by it."""
        return "title_alt" if self._is_foreign and self.title_alt else "title"

    @property
    def names(self) -> dict[str, str]:
        """`name` in each language, for words that are written now and read in another one."""
        return {
            code: self.title if code == self.lang else self.title_alt or self.title
            for code, _language in settings.LANGUAGES
        }

    @property
    def name_language(self) -> str:
        """For `lang=` where the name is not in the page's language, else empty."""
        if not self._is_foreign or self.title_alt:
            return ""
        return self.text_language

    @property
    def text_language(self) -> str:
        """For `lang=` of the longer texts; empty where the page has the same."""
        if not self._is_foreign:
            return ""
        return "en" if self.lang == "en" else "zh-Hans"

    @property
    def _is_foreign(self) -> bool:
        return (get_language() or "zh-hans") != self.lang
