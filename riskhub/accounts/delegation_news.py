"""Who tells people that decisions go over to somebody, or come back.

A package that can tell registers in `ready()` how: `register_news(tell_stand_in)`.
"""

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from riskhub.accounts.models import ApprovalDelegation, User


class News(Protocol):
    def __call__(self, delegation: "ApprovalDelegation", *, by: "User") -> None: ...


_news: list[News] = []


def register_news(news: News) -> None:
    if news not in _news:
        _news.append(news)


def tell(delegation: "ApprovalDelegation", *, by: "User") -> None:
    for news in _news:
        news(delegation, by=by)
