"""What of this package the command bar finds: risks, registers, filings, and the people beside them."""

from unicodedata import normalize

from django.db.models import Q
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registers.choices import OPEN_STATES, RiskState
from registers.filings import filing_url
from registers.models import Register, Risk, RiskProposal
from registers.permissions import can_create_risk, sees_risks
from registers.querysets import number_typed
from riskhub.accounts.models import User
from riskhub.accounts.permissions import can_read_people
from riskhub.search.functions import SearchVector
from riskhub.search.registry import Hit, Page, Provider, register_page, register_provider


def register_hits() -> None:
    register_provider(
        Provider(
            key="risks", title=gettext_lazy("Risks"), order=10, model=Risk,
            conditions=risk_conditions, hit=risk_hit, ordering=("rank_key",),
            related=("owner_department", "merged_into"),
            every=lambda text: f"{reverse('registers:risk_list')}?{urlencode({'q': text})}",
        )
    )  # fmt: skip
    register_provider(
        Provider(
            key="registers", title=gettext_lazy("Registers"), order=40, model=Register,
            conditions=named_so, hit=register_hit, ordering=("code",),
        )
    )  # fmt: skip
    register_provider(
        Provider(
            key="filings", title=gettext_lazy("Filings"), order=50, model=RiskProposal,
            conditions=filing_conditions, hit=filing_hit, ordering=("-pk",),
            aliases={"words": SearchVector("text")}, related=("department",),
        )
    )  # fmt: skip
    register_provider(
        Provider(
            key="people", title=gettext_lazy("People"), order=60, model=User,
            conditions=person_conditions, hit=person_hit, ordering=("display_name", "pk"),
            related=("department",),
        )
    )  # fmt: skip
    register_page(
        Page("registers:risk_create", gettext_lazy("Add risk"), can_create_risk, icon="plus")
    )


def risk_conditions(text: str) -> list[Q]:
    """The number first, whatever became of it; then the open ones; then closed ones, unless undone."""
    words, number = Q(search__holds=text), number_typed(text)
    found = [
        words & Q(state__in=OPEN_STATES),
        words & Q(is_undone=False) & ~Q(state__in=OPEN_STATES),
    ]
    return [Q(number=number), *found] if number else found


def risk_hit(_user: User, risk: Risk) -> Hit:
    standing = (
        [risk.get_residual_level_display() or _("Not rated")] if risk.is_open else [_became(risk)]
    )
    return Hit(
        risk.name, risk.get_absolute_url(), code=risk.code, lang=risk.name_language,
        meta=[*standing, risk.owner_department.name], icon="shield-exclamation",
    )  # fmt: skip


def _became(risk: Risk) -> str:
    if risk.is_undone:
        return _("taken back")
    if risk.state == RiskState.MERGED and risk.merged_into:
        return _("merged into %(code)s") % {"code": risk.merged_into.code}
    return str(risk.get_state_display())


def named_so(text: str) -> list[Q]:
    return [
        Q(code__iexact=text),
        Q(code__icontains=text) | Q(name_zh__icontains=text) | Q(name_en__icontains=text),
    ]


def register_hit(_user: User, register: Register) -> Hit:
    url = f"{reverse('registers:risk_list')}?{urlencode({'register': register.code})}"
    return Hit(register.name, url, code=register.code, icon="list-bullet")


def filing_conditions(text: str) -> list[Q]:
    number = normalize("NFKC", text).lstrip("#")
    found = [Q(words__holds=text)]
    is_number = number.isascii() and number.isdecimal() and len(number) < 10  # noqa: PLR2004 - an integer
    return [Q(pk=number), *found] if is_number else found


def filing_hit(user: User, filing: RiskProposal) -> Hit | None:
    """Where it is decided, for who reads that; the receipt, for who filed it."""
    url = filing_url(user, filing)
    if not url:
        return None
    meta = [str(filing.get_state_display()), filing.department.name]
    return Hit(filing.text[:120], url, code=f"#{filing.pk}", meta=meta, icon="inbox")


def person_conditions(text: str) -> list[Q]:
    who = Q(display_name__icontains=text) | Q(username__istartswith=text)
    return [who & Q(is_active=True), who & Q(is_active=False)]


def person_hit(user: User, person: User) -> Hit | None:
    """To their page, for who may read it; else to the risks they answer for."""
    if can_read_people(user):
        url = reverse("accounts:person_detail", args=[person.pk])
    elif sees_risks(user):
        url = f"{reverse('registers:risk_list')}?{urlencode({'owner': person.username})}"
    else:
        return None
    meta = [str(person.department)] if person.department else []
    return Hit(
        str(person), url, meta=meta if person.is_active else [*meta, _("deactivated")], icon="user"
    )
