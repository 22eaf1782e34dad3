"""Steps of the story in which people talk about a risk."""

from typing import Any

from riskhub.demo.company import Company
from riskhub.demo.steps import Step
from riskhub.files.services import add_comment


def say(company: Company, entry: dict[str, Any]) -> list[Step]:
    def run() -> None:
        add_comment(company.risk(entry["risk"]), entry["text"], by=company.users[entry["by"]])

    return [Step(company.timeline.at(entry["at"]), run)]
