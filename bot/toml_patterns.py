"""The forms that ids take in bugle.toml, each with what to give where something else stands there."""

import re

CHANNEL = re.compile(r"[CG][A-Z0-9]{2,}")
PERSON = re.compile(r"[UW][A-Z0-9]{2,}")
GROUP = re.compile(r"S[A-Z0-9]{2,}")
TRIAGER = re.compile(r"[UWS][A-Z0-9]{2,}")
KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")

CHANNEL_FIX = "give the channel's ID (Slack: channel name, About, at the bottom), such as C0123ABCD"
PERSON_FIX = "give the person's member ID (Slack: profile, ⋮, Copy member ID), such as U0123ABCD"
GROUP_FIX = "give the ID of a user group (Slack: People, User groups, ⋮, Copy group ID)"
TRIAGER_FIX = (
    "give member IDs (Slack: profile, ⋮, Copy member ID) such as U0123ABCD, and IDs of user groups"
    " (Slack: People, User groups, ⋮, Copy group ID) such as S0123ABCD"
)
KEY_FIX = "use small letters, digits and hyphens"
