"""A pretend Slack and Jira that speak their real protocols, for trying Bugle out and for its tests."""
