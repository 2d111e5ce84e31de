"""Slack: what Bugle asks of it and the outcome of each call."""
