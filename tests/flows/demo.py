"""The demo company, and beside it what it lacks: a file, a question, imports, work given up."""

from datetime import timedelta
from io import StringIO

from django.core.management import call_command
from django.utils import timezone

from assessments.services.imports import import_now, save_mapping, upload_register
from registers.models import Risk, RiskProposal
from riskhub.accounts.models import User
from riskhub.accounts.services import set_language
from riskhub.work.models import Work
from riskhub.work.services import owe_work
from tests.assessments.changing import bring, make_change
from tests.filings import QUESTION, ask
from tests.flows.markup import type_markup
from tests.photos import made_attachment

ASKING = "风险描述,可能性,影响\n门锁损坏,高,严重\n漏水,低,中等\n"
ASKING += "<img src=x onerror=alert(1)>,低,<script>alert(2)</script>\n"
DECIDED = (
    "风险,事件,概率,影响,类别,来源\n瓷砖开裂,搬动洗衣机时瓷砖开裂,2,3,操作,检查表\n缺名,,,,,\n"
)
DEFAULTS = {"category": "operational", "department": "OPS", "source": "checklist"}


def tell_demo(monkeypatch):
    """Everybody's sign-in by username."""
    monkeypatch.setenv("RISKHUB_DEMO_PASSWORD", "known to nobody 1")
    call_command("seed_demo", verbosity=0, stdout=StringIO())
    people = {user.username: user for user in User.objects.all()}
    manager = people["risk.manager"]
    upload_register(
        by=manager,
        content=ASKING.encode(),
        filename="<img src=x onerror=alert(1)>.csv",
        register_code="SERVICE",
    )
    run = upload_register(
        by=manager, content=DECIDED.encode(), filename="Decided.csv", register_code="SERVICE"
    )
    save_mapping(run, by=manager, mapping={"defaults": DEFAULTS}, version=run.row_version)
    import_now(run, by=manager)
    later = timezone.now() + timedelta(days=1)
    owe_work("report.render", "given up: 0", {"report": 0}, run_after=later)
    Work.objects.filter(dedupe="given up: 0").update(state="dead", error="No such report")
    type_markup(people)
    made_attachment(
        Risk.objects.filter(plans__state="in_progress").latest("pk"), by=manager, name="现场.jpg"
    )
    bring(make_change(people["risk.manager"].department, by=manager), "ready", by=manager)
    asked = RiskProposal.objects.filter(submitter=people["staff.cleaning"], state="submitted")
    ask(asked.latest("pk"), by=manager, text=QUESTION)
    return people


def speak(people, locale):
    for user in people.values():
        set_language(user, by=user, locale=locale)
