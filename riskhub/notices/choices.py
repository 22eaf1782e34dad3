from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Delivery(TextChoices):
    """How somebody hears of a notice; in the app all of them stand at once."""

    NOW = "now", _("By mail at once")
    DIGEST = "digest", _("In the daily mail")
    BELL = "bell", _("Only in RiskHub")


class Robot(TextChoices):
    """What listens at the address of a webhook."""

    WECOM = "wecom", _("WeCom robot")
    DINGTALK = "dingtalk", _("DingTalk robot")
    FEISHU = "feishu", _("Feishu robot")
    JSON = "json", _("Another service, by JSON")
