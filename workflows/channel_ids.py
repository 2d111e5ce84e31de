"""Following a channel whose id Slack has changed, as it does when sharing it begins or ends."""

from storage import (
    customer_issues,
    customer_posts,
    customers,
    deliveries,
    digests,
    live_messages,
    outside_messages,
)
from workflows import duty_surfaces
from workflows.context import Context


def follow(ctx: Context, old: str, new: str) -> None:
    """Go on with all that is kept of a channel by its new id; once is as good as twice."""
    ctx.slack.forget_channel(old)
    ctx.slack.forget_channel(new)
    with ctx.database.transaction() as tx:
        live_messages.follow(tx, old, new)
        customer_issues.follow(tx, old, new)
        customer_posts.follow(tx, old, new)
        deliveries.follow(tx, old, new)
        digests.follow(tx, old, new)
        outside_messages.follow(tx, old, new)
        customers.follow_channel(tx, old, new)
        duty_surfaces.channel_moved(tx, old, new)
