"""Keep how somebody looks at a list."""

from collections.abc import Sequence

from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.search.models import ListSetting


def keep_setting(page: str, *, by: User, columns: Sequence[str], is_compact: bool) -> ListSetting:
    """What this person sees in this list from now on."""
    with acting(by, "list.arranged"):
        chosen = {"columns": list(columns), "is_compact": is_compact}
        setting, _is_new = ListSetting.objects.update_or_create(
            owner=by, page=page, defaults=chosen
        )
        return setting
