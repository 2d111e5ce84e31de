"""Commands, shortcuts, clicks, searching a menu, opening Home: gestures that reach the app at once."""

from typing import Any

from sandbox.cast import HARBOR, Person
from sandbox.control import ControlError
from sandbox.slack import interactions, screens, shapes
from sandbox.slack.acts import Act, refused
from sandbox.slack.answers import show_answer
from sandbox.slack.arguments import Refused
from sandbox.slack.delivery import Envelope
from sandbox.slack.inputs import EXTERNAL, HOLDS, Place, Unfit, chosen, options_of
from sandbox.slack.lint import lint_options
from sandbox.slack.model import JSON, Message
from sandbox.slack.replies import Reply
from sandbox.slack.screens import Surface
from sandbox.slack.state import Slack
from sandbox.slack.typing_text import composed
from sandbox.slack.writing import LARGEST_INPUT_FILE, store

NO_ANSWER = "The app did not respond."
WARNING = "A warning sign appears beside it: this did not work."
QUERY_LENGTH = 3
DIALOG: JSON = {
    "title": {"type": "plain_text", "text": "Are you sure?"},
    "confirm": {"type": "plain_text", "text": "Yes"},
    "deny": {"type": "plain_text", "text": "Cancel"},
}


async def command(
    slack: Slack, who: Person, name: str, text: str, *, channel_id: str, thread_ts: str | None = None
) -> Act:
    """Type a slash command in a conversation."""
    channel = screens.channel(slack, who, channel_id)
    commands = slack.app.commands
    known = commands is None or name in commands
    if who.team != HARBOR.id or not known or "commands" not in slack.app.scopes:
        return refused("not_a_command", f"{name} is not a valid command.")
    if thread_ts:
        return refused("not_in_threads", f"{name} is not supported in threads. Sorry!")
    if commands and commands[name].should_escape:
        text = composed(slack, text, named=True)[0]
    payload = interactions.command(slack, who, channel, name, text.strip())
    ack = await slack.delivery.send(Envelope.COMMAND, name, payload, answers=True)
    act = Act.after(ack, f'{name} failed with the error "{ack.error}"')
    if ack.error is None and ack.payload:
        try:
            shown = show_answer(slack, Reply(who.id, channel.id, None, None, 0), ack.payload)
            act.message = screens.seen_message(slack, shown) if shown else None
        except Refused as refusal:
            act.failed(
                refusal.error, f'{name} failed with the error "invalid_command_response"', complaints(refusal)
            )
    return act


def complaints(refusal: Refused) -> list[str]:
    """Return what Slack complains of in a refusal."""
    messages: list[str] = refusal.more.get("response_metadata", {}).get("messages", [])
    return messages or [refusal.error]


async def shortcut(slack: Slack, who: Person, callback_id: str, message: Message | None = None) -> Act:
    """Use a shortcut: a global one, or one on *message*, whether the app is in its channel or not."""
    kind = "message" if message else "global"
    shortcuts = slack.app.shortcuts
    known = shortcuts is None or shortcuts.get(callback_id) == kind
    if who.team != HARBOR.id or not known or "commands" not in slack.app.scopes:
        return refused("not_a_shortcut", f"There is no {kind} shortcut {callback_id}.")
    if message:
        payload = interactions.message_shortcut(slack, who, callback_id, message)
    else:
        payload = interactions.shortcut(slack, who, callback_id)
    ack = await slack.delivery.send(Envelope.INTERACTIVE, payload["type"], payload, answers=False)
    return Act.after(ack, NO_ANSWER)


async def press(
    slack: Slack, who: Person, surface: Surface, place: Place, value: Any = None, *, confirmed: bool = False
) -> Act:
    """Press a button, choose from a menu that acts at once, or press Enter in a text field.

    *value* is the option's value where there is something to choose.
    """
    element = surface.element(place)
    kind = element["type"]
    if element.get("confirm") and not confirmed:
        return Act(confirm={**DIALOG, **element["confirm"]})
    state: JSON | None = None
    if kind == "overflow":
        option = next((one for one in options_of(element) if one["value"] == value), None)
        if option is None:
            raise ControlError(f"Choose one of {[one['value'] for one in options_of(element)]}.")
        state = {"selected_option": option}
    elif kind in HOLDS:
        if value is not None:
            choose(slack, who, surface, place, value)
        state = surface.fields.typed[place]
    return await send_action(slack, who, surface, place, state)


def choose(slack: Slack, who: Person, surface: Surface, place: Place, value: Any) -> None:
    """Put *value* into a field, as the client does before anything is sent."""
    element = surface.element(place)
    try:
        if element["type"] == "file_input":
            value = _uploaded(slack, who, surface, place, value)
        # What was chosen before stays choosable beside what the last search listed.
        held = surface.fields.typed.get(place, {}).get("selected_options", [])
        surface.fields.typed[place] = chosen(element, value, surface.fields.offered.get(place, []) + held)
    except Unfit as unfit:
        raise ControlError(str(unfit)) from unfit
    if surface.view is not None:
        slack.touch("typed", {"user": surface.view.user, "view": surface.view.id})


def _uploaded(slack: Slack, who: Person, surface: Surface, place: Place, value: Any) -> list[str]:
    """Upload what somebody puts into a file input and return the ids; Unfit for what it does not take."""
    given = value if isinstance(value, list) else [value] if value else []
    kinds = surface.element(place).get("filetypes")
    files = []
    for one in given:
        if not isinstance(one, dict):
            raise Unfit('Give files as {"name", "content" or "content_base64"}.')
        if kinds and str(one.get("name", "")).rpartition(".")[2].lower() not in kinds:
            raise Unfit(f"Files here must be of the kinds {', '.join(kinds)}.")
        stored = store(slack, who, one)
        if stored.size > LARGEST_INPUT_FILE:
            raise Unfit("Files here must not be larger than 10 MB.")
        files.append(stored)
    surface.fields.offered[place] = [shapes.file(slack, one) for one in files]
    return [one.id for one in files]


async def send_action(slack: Slack, who: Person, surface: Surface, place: Place, state: JSON | None) -> Act:
    """Tell the app of an action."""
    action = interactions.action(surface.element(place), place, state)
    payload = interactions.actions(who, surface.origin(slack, who), action)
    ack = await slack.delivery.send(Envelope.INTERACTIVE, "block_actions", payload, answers=False)
    return Act.after(ack, WARNING)


async def options(slack: Slack, who: Person, surface: Surface, place: Place, query: str) -> Act:
    """Open a menu and type *query* into its search; return what it then lists."""
    element = surface.element(place)
    if element["type"] not in EXTERNAL:
        return Act(options=_own_options(slack, element, query))
    if len(query) < element.get("min_query_length", QUERY_LENGTH):
        return Act()
    payload = interactions.suggestion(who, surface.origin(slack, who), place, query)
    ack = await slack.delivery.send(Envelope.INTERACTIVE, "block_suggestion", payload, answers=True)
    act = Act.after(ack, "No items found")
    found = lint_options(ack.payload) if ack.error is None else []
    if ack.error is None and not found and ack.payload:
        act.options = options_of(ack.payload)
        surface.fields.offered[place] = act.options
    return act.failed("invalid_options", "No items found", found) if found else act


def _own_options(slack: Slack, element: JSON, query: str) -> list[JSON]:
    """Return what a menu lists that need not ask the app: its own options, people or channels."""
    kind = element["type"]
    if "users" in kind:
        known = [(one.name, one.id) for one in slack.people.values()]
    elif "channels" in kind or "conversations" in kind:
        known = [(f"#{one.name}", one.id) for one in slack.channels.values() if not one.peer]
    else:
        return [one for one in options_of(element) if query.lower() in one["text"]["text"].lower()]
    listed = [{"text": {"type": "plain_text", "text": name}, "value": id_} for name, id_ in known]
    return [one for one in listed if query.lower() in str(one["text"]).lower()]


def open_home(slack: Slack, who: Person, tab: str = "home") -> Act:
    """Open the app's Home (or its messages); the app is told."""
    home = slack.views.home(who.id)
    event: JSON = {
        "type": "app_home_opened",
        "user": who.id,
        "channel": slack.direct(who.id).id,
        "tab": tab,
        "event_ts": slack.ts(),
    }
    if home and tab == "home":
        event["view"] = home.as_json()
    slack.events.emit("app_home_opened", event)
    return Act(sent=True, view=screens.seen_view(home) if home else None)
