"""Slack: what Bugle asks of it and the outcome of each call."""

from gateways.slack.channels import Channel
from gateways.slack.client import Slack
from gateways.slack.files import SlackFile
from gateways.slack.people import Identity, Person

__all__ = ["Channel", "Identity", "Person", "Slack", "SlackFile"]
