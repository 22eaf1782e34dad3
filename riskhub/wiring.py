"""What no single package can say: the start page, and the company's name below the menu."""

from django.utils.translation import gettext_lazy as _

from riskhub.company.preferences import company_name
from riskhub.web.navigation import add_entry, name_company_with


def wire() -> None:
    add_entry("home", "home", _("Home"), order=0)
    add_entry("phone", "home", _("Home"), order=0, icon="home")
    add_entry("menu", "account_change_password", _("Change password"), order=90)
    name_company_with(company_name)
