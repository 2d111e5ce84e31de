"""What JQL means: which issues, as the search index knows them, a query finds and in which order."""

import operator as compare
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sandbox.jira import seed
from sandbox.jira.errors import JiraError
from sandbox.jira.jql import Clause, Joined, Negated, Query, Term, Value
from sandbox.jira.model import Account, Issue
from sandbox.jira.moments import moment
from sandbox.jira.shapes import CATEGORIES
from sandbox.jira.state import Jira

Match = Callable[[Issue], bool]
_COMPARE = {">=": compare.ge, "<=": compare.le, ">": compare.gt, "<": compare.lt}
_EQUALITY = ("=", "!=", "in", "not in")
_WORDS = re.compile(r"[^\W_]+", re.UNICODE)

_NAMES = {
    "project": "project", "key": "key", "id": "key", "issue": "key", "issuekey": "key", "labels": "labels",
    "status": "status", "statuscategory": "statusCategory", "issuetype": "issuetype", "type": "issuetype",
    "assignee": "assignee", "reporter": "reporter", "creator": "creator", "priority": "priority",
    "resolution": "resolution", "component": "component", "affectedversion": "affectedVersion",
    "fixversion": "fixVersion", "updated": "updated", "updateddate": "updated", "created": "created",
    "createddate": "created", "resolved": "resolved", "resolutiondate": "resolved", "text": "text",
    "summary": "summary", "description": "description", "comment": "comment",
}  # fmt: skip
_TEXTS = ("text", "summary", "description", "comment")
_TIMES = ("updated", "created", "resolved")
_PEOPLE = ("assignee", "reporter", "creator")
_LISTS: dict[str, Sequence[Any]] = {
    "status": seed.STATUSES,
    "issuetype": seed.ISSUE_TYPES,
    "priority": seed.PRIORITIES,
    "resolution": seed.RESOLUTIONS,
}
_HELD: dict[str, Callable[[Issue], Sequence[str | None]]] = {
    "project": lambda issue: [issue.project.id],
    "key": lambda issue: [issue.id],
    "labels": lambda issue: [label.lower() for label in issue.values.get("labels") or []],
    "status": lambda issue: [issue.status.id],
    "statusCategory": lambda issue: [issue.status.category.value],
    "issuetype": lambda issue: [issue.type.id],
    "creator": lambda issue: [issue.creator],
    "resolution": lambda issue: [issue.resolution.id if issue.resolution else None],
    "assignee": lambda issue: [issue.values.get("assignee")],
    "reporter": lambda issue: [issue.values.get("reporter")],
    "priority": lambda issue: [issue.values.get("priority")],
    "component": lambda issue: issue.values.get("components") or [],
    "affectedVersion": lambda issue: issue.values.get("versions") or [],
    "fixVersion": lambda issue: issue.values.get("fixVersions") or [],
    "created": lambda issue: [issue.created.isoformat()],
    "updated": lambda issue: [issue.updated.isoformat()],
    "resolved": lambda issue: [issue.resolved.isoformat() if issue.resolved else None],
}


@dataclass(frozen=True)
class Meaning:
    """Gives queries their meaning for *reader*, in whose zone quoted dates are."""

    jira: Jira
    reader: Account

    def match(self, query: Query) -> Match:
        """Return what tells whether an issue is found; JiraError 400 where the query makes no sense."""
        return self._clause(query.clause) if query.clause is not None else lambda _: True

    def sorted(self, query: Query, issues: list[Issue]) -> list[Issue]:
        """Return *issues* in the query's order, newest first where it names none."""
        ordered = sorted(issues, key=lambda issue: int(issue.id), reverse=True)
        for field, descending in reversed(query.order):
            name = _field(field)
            ordered.sort(key=lambda issue: self._rank(issue, name), reverse=descending)
        return ordered

    def _clause(self, clause: Clause) -> Match:
        if isinstance(clause, Negated):
            inner = self._clause(clause.clause)
            return lambda issue: not inner(issue)
        if isinstance(clause, Joined):
            parts = [self._clause(one) for one in clause.clauses]
            joined = all if clause.by == "and" else any
            return lambda issue: joined(part(issue) for part in parts)
        return self._term(clause)

    def _term(self, term: Term) -> Match:
        name = _field(term.field)
        if term.operator in ("is", "is not"):
            return self._emptiness(name, term)
        if name in _TEXTS:
            return self._text(name, term)
        if name in _TIMES:
            return self._time(name, term)
        if term.operator not in _EQUALITY:
            raise _unsupported(term)
        wanted = {self._wanted(name, value) for value in term.values}
        negative = term.operator in ("!=", "not in")

        def matches(issue: Issue) -> bool:
            held = self._held(issue, name)
            if negative:
                return bool(held) and not (held & wanted)
            return bool(held & wanted)

        return matches

    def _emptiness(self, name: str, term: Term) -> Match:
        (value,) = term.values
        if value.quoted or value.text.lower() not in ("empty", "null"):
            raise JiraError(400, f"The operator '{term.operator}' is only followed by EMPTY or NULL.")
        wants_empty = term.operator == "is"
        return lambda issue: (not self._held(issue, name)) == wants_empty

    def _held(self, issue: Issue, name: str) -> set[str]:
        """Return the ids of what an issue has in a field, as `_wanted` names them."""
        if name in _TEXTS:
            return set(self._words(issue, name))
        return {held for held in _HELD[name](issue) if held}

    def _wanted(self, name: str, value: Value) -> str:
        """Return the id that *value* names in a field; JiraError where it names nothing."""
        said = value.text.lower()
        if name in _PEOPLE:
            return self._person(name, value)
        if name == "labels":
            return said
        if name == "key":
            issue = self.jira.find_issue(value.text)
            if issue is None:
                raise JiraError(400, f"An issue with key '{value.text}' does not exist for field '{name}'.")
            return issue.id
        if name == "statusCategory":
            found = next(
                (key for key, (id_, label, _) in CATEGORIES.items()
                 if said in (key.value, str(id_), label.lower())), None,
            )  # fmt: skip
            if found is not None:
                return found.value
        else:
            for one in self._candidates(name):
                if said in (one.id, one.name.lower(), getattr(one, "key", one.name).lower()):
                    return str(one.id)
        if name == "resolution" and said == "unresolved":
            raise JiraError(400, "Ask for what is unresolved with 'resolution is EMPTY'.")
        raise JiraError(400, f"The value '{value.text}' does not exist for the field '{name}'.")

    def _candidates(self, name: str) -> list[Any]:
        if name == "project":
            return [one for one in self.jira.projects if self._sees(one)]
        if name in _LISTS:
            return list(_LISTS[name])
        by = "components" if name == "component" else "versions"
        return [part for project in self.jira.projects for part in getattr(project, by)]

    def _sees(self, project: Any) -> bool:
        return self.jira.allowed(self.reader, project, "BROWSE_PROJECTS")

    def _person(self, name: str, value: Value) -> str:
        if value.function and value.text.lower() == "currentuser":
            return self.reader.id
        if not value.function and (account := self.jira.find_account(value.text)) is not None:
            return account.id
        raise JiraError(400, f"The value '{value.text}' does not exist for the field '{name}'.")

    def _text(self, name: str, term: Term) -> Match:
        if term.operator not in ("~", "!~"):
            raise _unsupported(term)
        asked = term.values[0].text
        phrase = asked[1:-1].lower() if len(asked) > 2 and asked[0] == asked[-1] == '"' else None
        wanted = [word.lower() for word in re.findall(r"[^\W_]+\*?", asked)]
        if not wanted:
            raise JiraError(400, f"The field '{name}' does not support searching for an empty string.")

        def matches(issue: Issue) -> bool:
            words = self._words(issue, name)
            if phrase is not None:
                return " ".join(_WORDS.findall(phrase)) in " ".join(words)
            return all(_among(word, words) for word in wanted)

        return matches if term.operator == "~" else lambda issue: not matches(issue)

    def _words(self, issue: Issue, name: str) -> list[str]:
        said = [issue.values.get(one) or "" for one in ("summary", "description") if name in (one, "text")]
        if name in ("comment", "text"):
            said += [comment.body for comment in issue.comments]
        return _WORDS.findall(" ".join(said).lower())

    def _time(self, name: str, term: Term) -> Match:
        wanted = moment(name, term.values[0], self.jira.now(), ZoneInfo(self.reader.zone))
        field = "resolved" if name == "resolved" else name
        if term.operator not in ("=", "!=", *_COMPARE):
            raise _unsupported(term)
        if term.operator in ("=", "!="):
            return lambda issue: (getattr(issue, field) == wanted) == (term.operator == "=")
        decide = _COMPARE[term.operator]
        return lambda issue: getattr(issue, field) is not None and decide(getattr(issue, field), wanted)

    def _rank(self, issue: Issue, name: str) -> Any:
        """Return what an issue is ordered by in a field."""
        if name in _TIMES:
            return getattr(issue, name) or datetime.min.replace(tzinfo=UTC)
        if name == "key":
            return issue.project.key, int(issue.key.rpartition("-")[2])
        if name == "priority":
            return -int(issue.values.get("priority") or 0)
        return sorted(self._held(issue, name)) if name not in _TEXTS else self._words(issue, name)


def _field(said: str) -> str:
    """Return the field a query names."""
    found = _NAMES.get(said.lower())
    if found is None:
        raise JiraError(400, f"Field '{said}' does not exist or you do not have permission to view it.")
    return found


def _unsupported(term: Term) -> JiraError:
    return JiraError(400, f"The operator '{term.operator}' is not supported by the '{term.field}' field.")


def _among(word: str, words: list[str]) -> bool:
    if word.endswith("*"):
        return any(one.startswith(word[:-1]) for one in words)
    return word in words
