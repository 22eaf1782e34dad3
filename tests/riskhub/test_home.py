"""The start page: only what the cards say, each number a link to a list of exactly that many."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments.models import Action
from registers.models import Risk
from registers.services import file_proposal
from riskhub.work.models import Work
from tests.builders import assess, make_plan, make_risk

URL = "/"


def sections_of(client):
    page = client.get(URL)
    assert page.status_code == 200
    return {str(section.title): section for section in page.context["sections"]}


def test_someone_without_a_role_sees_an_empty_day(sign_in, outsider):
    page = sign_in(outsider).get(URL)
    assert (page.context["sections"], page.context["waiting"]) == ([], 0)
    assert page.context["sides"] == page.context["banners"] == page.context["first_steps"] == []


def test_nobody_signed_in_goes_to_the_sign_in_page(sign_in):
    assert sign_in().get(URL).headers["Location"] == f"{reverse('account_login')}?next=/"


def test_posting_is_refused(sign_in, outsider):
    assert sign_in(outsider).post(URL).status_code == 405
