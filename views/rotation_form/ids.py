"""The ids of the form of a rotation, each written once.

A field's block is `<id>:<generation>`: where Bugle sets a field anew the generation grows, since Slack keeps
what stands in a block whose id stays.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

FORM = "rotation_form"
SETTINGS = "rotation_settings"
SHIFTS = "rotation_coming"
ENDING = "rotation_ending"

NAME = "rotation_f_name"
MEMBERS = "rotation_f_members"
MEMBER = "rotation_f_member"
KIND = "rotation_f_kind"
LENGTH = "rotation_f_length"
DATE = "rotation_f_date"
TIME = "rotation_f_time"
ZONE = "rotation_f_zone"
SERVES = "rotation_f_serves"
MORE = "rotation_f_more"
PICTURE = "rotation_f_picture"

DUTY = "rotation_f_duty"
DUTY_DAYS = "rotation_f_duty_days"
DUTY_FROM = "rotation_f_duty_from"
DUTY_TO = "rotation_f_duty_to"
WORK_DAYS = "rotation_f_work_days"
WORK_FROM = "rotation_f_work_from"
WORK_TO = "rotation_f_work_to"
LEAD = "rotation_f_lead"
CHANNEL = "rotation_f_channel"
LANGUAGE = "rotation_f_language"
USER_GROUP = "rotation_f_user_group"
RANK = "rotation_f_rank"
MANNERS = "rotation_f_manners"
STEP = "rotation_f_step"

ANY_FIELD = "^rotation_f_"

# What one view has room for; who and what comes after that stays as it is.
MOST_MEMBERS = 70
MOST_SERVED = 100


@dataclass(frozen=True, slots=True)
class Opened:
    """What an open view keeps: which draft it shows, in which language, and the view that it lies on."""

    nonce: str
    language: str
    under: str = ""

    def metadata(self) -> str:
        """Return it as `private_metadata`."""
        return json.dumps({"nonce": self.nonce, "language": self.language, "under": self.under})


def read_opened(view: Mapping[str, Any]) -> Opened:
    """Return what a view of ours keeps."""
    return Opened(**json.loads(view["private_metadata"]))


def block_of(action_id: str, generation: int) -> str:
    """Return the id of a field's block."""
    return f"{action_id}:{generation}"


def field_of(block_id: str) -> str:
    """Return the field whose block this is."""
    return block_id.partition(":")[0]
