"""What the pages say: each story is written once, with the English of the sources."""

from django.utils.translation import gettext, ngettext, override


def words_in(locale):
    """`say("Sign in")` as a page in that language says it; `%(name)s` filled where values are given.

    `say("%(count)s risk", "%(count)s risks", 3)` chooses by the number.
    A lazy text of the product itself may be given, too.
    """

    def say(*texts, **values):
        with override(locale):
            said = ngettext(*texts) if len(texts) > 1 else gettext(str(texts[0]))
        if len(texts) > 1:
            values["count"] = texts[-1]
        return said % values if values else said

    say.locale = locale
    say.lang = "en" if locale == "en" else "zh-Hans"
    return say
