"""Jira: what Bugle asks of it and the outcome of each call."""

from gateways.jira.changes import Page, Told
from gateways.jira.client import Jira
from gateways.jira.fields import CreateScreen
from gateways.jira.issues import Issue, NewIssue
from gateways.jira.people import Account

__all__ = ["Account", "CreateScreen", "Issue", "Jira", "NewIssue", "Page", "Told"]
