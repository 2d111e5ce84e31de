"""Setting Jira up differently: its kind, credentials, limits, projects and webhooks."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sandbox.control import ControlError
from sandbox.jira import seed, workflow
from sandbox.jira.ask import Ask
from sandbox.jira.fields import FIELDS
from sandbox.jira.hooks import EVENTS, Webhook
from sandbox.jira.model import Component, Deployment, Project, Version
from sandbox.jira.state import PROJECT_PERMISSIONS, Jira

Shape = dict[str, Any]


def settings(jira: Jira) -> Shape:
    """Return how Jira is set up."""
    return {
        "deployment": jira.deployment.value,
        "index_delay": jira.index_delay.total_seconds(),
        "email": jira.email,
        "token": jira.token,
        "pat": jira.pat,
        "attachment_limit": jira.attachment_limit,
        "retry_delays": list(jira.webhooks.retry_delays),
        "accounts": [
            {
                "accountId": one.id,
                "name": one.name,
                "displayName": one.display_name,
                "email": one.email,
                "emailHidden": one.email_hidden,
                "service": one == jira.service,
            }
            for one in jira.accounts.values()
        ],
        "projects": [project(jira, one) for one in jira.projects],
        "priorities": [one.name for one in seed.PRIORITIES],
        "statuses": [one.name for one in seed.STATUSES],
        "resolutions": [one.name for one in seed.RESOLUTIONS],
    }


def project(jira: Jira, shown: Project) -> Shape:
    """Return how a project is set up; permissions are the service account's."""
    shapes = Ask(jira, jira.service).shapes
    return {
        "key": shown.key,
        "name": shown.name,
        "components": [shapes.component(one) for one in shown.components],
        "versions": [shapes.release(one) for one in shown.versions],
        "issue_types": [one.name for one in shown.issue_types],
        "create_screen": shown.create_screen,
        "required": sorted(shown.required),
        "permissions": sorted(PROJECT_PERMISSIONS - shown.revoked),
    }


def change(jira: Jira, asked: Shape) -> None:
    """Change {"deployment", "index_delay", "email", "token", "pat", "attachment_limit", "retry_delays"}."""
    _refuse_unknown(asked, _SETTINGS)
    read = {name: _SETTINGS[name](value) for name, value in asked.items() if name != "retry_delays"}
    for name, value in read.items():
        setattr(jira, name, value)
    if "retry_delays" in asked:
        jira.webhooks.retry_delays = tuple(_number(one) for one in _list(asked["retry_delays"]))


def _deployment(value: Any) -> Deployment:
    if value not in [one.value for one in Deployment]:
        raise ControlError('Give "deployment" as cloud or server.')
    return Deployment(value)


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise ControlError(f"Give a number, 0 or more, instead of {value!r}.")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise ControlError(f"Give a string instead of {value!r}.")
    return value


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ControlError(f"Give a list instead of {value!r}.")
    return value


def _delay(value: Any) -> timedelta:
    return timedelta(seconds=_number(value))


_SETTINGS: dict[str, Callable[[Any], Any]] = {
    "deployment": _deployment,
    "index_delay": _delay,
    "email": _text,
    "token": _text,
    "pat": _text,
    "attachment_limit": _number,
    "retry_delays": _list,
}


def _refuse_unknown(asked: Shape, known: dict[str, Any]) -> None:
    if unknown := sorted(set(asked) - set(known)):
        raise ControlError(f"Leave out {', '.join(unknown)}; there are {', '.join(sorted(known))}.")


def change_project(jira: Jira, changed: Project, asked: Shape) -> None:
    """Change a project: each key of *asked* is one of the changes below, with a list of names."""
    _refuse_unknown(asked, _CHANGES)
    for name, values in asked.items():
        for value in _list(values):
            _CHANGES[name](jira, changed, _text(value))


def _add_component(jira: Jira, changed: Project, name: str) -> None:
    changed.components.append(Component(jira.next_id("part", 10300), name))


def _remove_component(_: Jira, changed: Project, name: str) -> None:
    changed.components.remove(_named(changed.components, name))


def _add_version(jira: Jira, changed: Project, name: str) -> None:
    version = Version(jira.next_id("part", 10300), name)
    changed.versions.append(version)
    _tell(jira, "version_created", changed, version)


def _remove_version(jira: Jira, changed: Project, name: str) -> None:
    version = _named(changed.versions, name)
    changed.versions.remove(version)
    _tell(jira, "version_deleted", changed, version)


def _release_version(jira: Jira, changed: Project, name: str) -> None:
    version = _named(changed.versions, name)
    version.released, version.release_date = True, jira.now().date().isoformat()
    _tell(jira, "version_released", changed, version)


def _archive_version(_: Jira, changed: Project, name: str) -> None:
    _named(changed.versions, name).archived = True


def _tell(jira: Jira, event: str, changed: Project, version: Version) -> None:
    jira.tell(event, jira.accounts[changed.lead], project=changed, release=version)


def _named(known: list[Any], name: str) -> Any:
    found = next((one for one in known if one.name == name), None)
    if found is None:
        raise ControlError(f"There is no {name}; there are {', '.join(one.name for one in known)}.", 404)
    return found


def _permission(name: str) -> str:
    if name not in PROJECT_PERMISSIONS:
        known = ", ".join(sorted(PROJECT_PERMISSIONS))
        raise ControlError(f"There is no permission {name}; there are {known}.")
    return name


def _field(name: str) -> str:
    if name not in FIELDS:
        raise ControlError(f"There is no field {name}; there are {', '.join(FIELDS)}.")
    return name


def _revoke(_: Jira, changed: Project, name: str) -> None:
    changed.revoked.add(_permission(name))


def _grant(_: Jira, changed: Project, name: str) -> None:
    changed.revoked.discard(_permission(name))


def _person(jira: Jira, who: str) -> str:
    account = jira.find_account(who)
    if account is None:
        raise ControlError(f"{who} has no Jira account; GET /control/jira lists who has.")
    return account.id


def _not_assignable(jira: Jira, changed: Project, who: str) -> None:
    changed.unassignable.add(_person(jira, who))


def _assignable(jira: Jira, changed: Project, who: str) -> None:
    changed.unassignable.discard(_person(jira, who))


def _require(jira: Jira, changed: Project, name: str) -> None:
    changed.required.add(_field(name))
    _show(jira, changed, name)


def _not_required(_: Jira, changed: Project, name: str) -> None:
    changed.required.discard(_field(name))


def _show(_: Jira, changed: Project, name: str) -> None:
    for screen in (changed.create_screen, changed.edit_screen):
        if _field(name) not in screen:
            screen.append(name)


def _hide(_: Jira, changed: Project, name: str) -> None:
    for screen in (changed.create_screen, changed.edit_screen):
        if _field(name) in screen:
            screen.remove(name)


def _require_to_close(_: Jira, changed: Project, name: str) -> None:
    changed.closing.add(_field(name))


def _not_required_to_close(_: Jira, changed: Project, name: str) -> None:
    changed.closing.discard(_field(name))


def _step(name: str) -> str:
    known = [one.name for one in workflow.TRANSITIONS]
    if name not in known:
        raise ControlError(f"There is no step {name}; there are {', '.join(known)}.")
    return name


def _withhold(_: Jira, changed: Project, name: str) -> None:
    changed.withheld.add(_step(name))


def _offer(_: Jira, changed: Project, name: str) -> None:
    changed.withheld.discard(_step(name))


_CHANGES: dict[str, Callable[[Jira, Project, str], None]] = {
    "add_components": _add_component,
    "remove_components": _remove_component,
    "add_versions": _add_version,
    "remove_versions": _remove_version,
    "release_versions": _release_version,
    "archive_versions": _archive_version,
    "revoke": _revoke,
    "grant": _grant,
    "not_assignable": _not_assignable,
    "assignable": _assignable,
    "require": _require,
    "not_required": _not_required,
    "show_fields": _show,
    "hide_fields": _hide,
    "require_to_close": _require_to_close,
    "not_required_to_close": _not_required_to_close,
    "withhold_steps": _withhold,
    "offer_steps": _offer,
}


def add_webhook(jira: Jira, asked: Shape) -> Webhook:
    """Register a webhook from {"url", "events"?, "secret"?, "name"?}; all events where none are named."""
    _refuse_unknown(asked, {"url": 0, "events": 0, "secret": 0, "name": 0})
    events = _list(asked.get("events", list(EVENTS)))
    if unknown := [one for one in events if one not in EVENTS]:
        raise ControlError(f"There is no event {unknown[0]}; there are {', '.join(EVENTS)}.")
    url = _text(asked.get("url"))
    if not url.startswith(("http://", "https://")):
        raise ControlError('Give "url" as an http or https address.')
    secret = None if asked.get("secret") is None else _text(asked["secret"])
    return jira.webhooks.add(url=url, events=events, name=str(asked.get("name", "")), secret=secret)
