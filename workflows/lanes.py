"""Lanes and paces: what an effect keeps order with, and how fast each system lets us speak.

Slack (docs.slack.dev, rate limits): one post a second and channel, about fifty edits a minute and workspace.
Jira Cloud limits bursts for each endpoint without saying how many; it answers 429 and is obeyed.
"""

from domain.effects import Pace

CHANNEL_SECONDS = 1.0
POST_PACE = Pace("slack.chat.postMessage", every=0.1, burst=40)
REPLIES_PACE = Pace("slack.conversations.replies", every=1.2, burst=15)
HOME_PACE = Pace("slack.views.publish", every=0.6, burst=20)
OFFER_PACE = Pace("slack.chat.postEphemeral", every=0.6, burst=20)
EDIT_PACE = Pace("slack.chat.update", every=1.2, burst=15)
GROUP_PACE = Pace("slack.usergroups.users.update", every=3.0, burst=10)
TOPIC_PACE = Pace("slack.conversations.setTopic", every=3.0, burst=10)
PIN_PACE = Pace("slack.pins.add", every=3.0, burst=10)
JIRA_PACE = Pace("jira", every=0.02, burst=50)


def issue_lane(report_id: str) -> str:
    """Return the lane that keeps what is done to a report's issue in order."""
    return f"jira:{report_id}"


def slack_lane(audience: str) -> str:
    """Return the lane that keeps what a channel or a person reads in order."""
    return f"slack:{audience}"
