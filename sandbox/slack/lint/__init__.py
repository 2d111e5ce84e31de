"""What Slack refuses in views, messages and option lists, with its own words for each complaint."""

from sandbox.slack.lint.whole import (
    MESSAGE_BLOCKS,
    lint_blocks,
    lint_options,
    lint_view,
    text_length,
    with_ids,
)

__all__ = ["MESSAGE_BLOCKS", "lint_blocks", "lint_options", "lint_view", "text_length", "with_ids"]
