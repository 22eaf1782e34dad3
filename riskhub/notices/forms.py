from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from riskhub.accounts.models import User
from riskhub.notices.choices import Delivery, Robot
from riskhub.notices.models import Webhook
from riskhub.notices.services import chosen_by, digest_hour
from riskhub.notices.topics import TOPICS
from riskhub.notices.webhooks.robots import LONGEST_ADDRESS
from riskhub.web.forms import Line

HOURS = [(hour, f"{hour:02}:00") for hour in range(24)]


class SubscriptionForm(forms.Form):
    """A field for each topic of which there is something to choose."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        chosen = chosen_by(user)
        kept = {"locale": user.locale, "hour": digest_hour(user), **chosen}
        super().__init__(*args, **kwargs)
        self.initial = kept
        for topic in TOPICS:
            if len(topic.offered) > 1:
                self.fields[topic.key] = forms.ChoiceField(
                    label=topic.name, help_text=topic.text,
                    choices=[row for row in Delivery.choices if row[0] in topic.offered],
                )  # fmt: skip
        self.fields["hour"] = forms.TypedChoiceField(
            label=_("Daily mail at"), coerce=int, choices=HOURS
        )
        self.fields["locale"] = forms.ChoiceField(
            label=_("Language of mails and pages"), choices=settings.LANGUAGES
        )

    @property
    def deliveries(self) -> dict[str, str]:
        """What was chosen, by topic."""
        keys = {topic.key for topic in TOPICS}
        return {name: value for name, value in self.cleaned_data.items() if name in keys}


class WebhookForm(forms.ModelForm):  # type: ignore[type-arg]  # of one model
    """Its address is typed once and not shown again."""

    class Meta:
        model = Webhook
        fields = ("name", "robot", "locale")

    address = Line(
        label=_("Address"), max_length=LONGEST_ADDRESS,
        help_text=_("As the group shows it where the robot is set up. It is kept sealed."),
    )  # fmt: skip
    signing_key = Line(
        label=_("Signing key"), max_length=200, required=False,
        help_text=_(
            "Only for DingTalk, where the robot is secured by a signature. A robot of Feishu is "
            "secured by a keyword or by our address instead."
        ),
    )  # fmt: skip
    topics = forms.MultipleChoiceField(
        label=_("Is told of"), widget=forms.CheckboxSelectMultiple,
        help_text=_("Only numbers, dates and levels are told, and no text that somebody typed."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        topics: Any = self.fields["topics"]
        topics.choices = [(topic.key, topic.name) for topic in TOPICS]
        self.initial.setdefault("locale", settings.LANGUAGE_CODE)
        self.order_fields(["name", "robot", "address", "signing_key", "topics", "locale"])


class WebhookEditForm(WebhookForm):
    """The kept address is shown by its host and last signs; typed again it is another one."""

    class Meta(WebhookForm.Meta):
        fields = ("name", "locale")  # type: ignore[assignment]  # fewer

    def __init__(self, *args: Any, instance: Webhook, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, instance=instance, **kwargs)
        self.initial["topics"] = instance.topics
        address = self.fields["address"]
        address.required = False
        words = _(
            "Now %(hint)s. Empty: it stays. Another one is typed here, with its key if it has one."
        )
        address.help_text = words % {"hint": instance.hint}
        if instance.robot != Robot.DINGTALK:
            del self.fields["signing_key"]
