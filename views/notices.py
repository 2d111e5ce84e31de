"""Messages to admins, and the short sentences with which Bugle answers a person at once."""

from domain.effects import LOST, NO_ISSUE, SHARED, State, same_reason
from domain.message import Message
from views.blocks import actions, button, confirmed, context, section
from views.text import Translator, cut_escaped, person, translator

RETRY = "effect_retry"
DROP = "effect_drop"
ACTIONS = "effect_actions"


def dead_effect(
    effect_id: int,
    kind: str,
    error: str,
    state: State,
    language: str,
    *,
    channel: str | None = None,
    corrected_by: str | None = None,
) -> Message:
    """Return the notice about a call that was refused for good, with what can be done about it.

    *channel* is the one it was to be seen in, where that is known; *corrected_by* the reporter who has
    changed what was refused.
    """
    t = translator(language)
    what = t("This could not be done and will not be tried again by itself: *{what}*").format(
        what=_kind_name(t, kind)
    )
    advice = _advice(t, error, channel)
    head = f":warning: {what}{advice and chr(10)}{advice}"
    number = t("effect {number}").format(number=effect_id)
    said = context(" · ".join(part for part in (cut_escaped(error, 1500), number) if part))
    if state is State.DEAD:
        drop = confirmed(
            button(t("Drop"), DROP, str(effect_id)),
            t("Give it up?"),
            t("It will never be done, nor will what failed there for the same reason."),
            t("Drop"),
            t("Keep"),
        )
        last = actions(ACTIONS, [button(t("Retry"), RETRY, str(effect_id), primary=True), drop])
    else:
        became = {
            State.WAITING: t("It is being tried again."),
            State.RUNNING: t("It is being tried again."),
            State.DONE: t("It has been done since."),
            State.DROPPED: t("It was given up."),
        }[state]
        last = section(f"{_corrected(t, corrected_by)}{became}")
    return Message(text=what, blocks=(section(head), said, last))


def _corrected(t: Translator, by: str | None) -> str:
    return t("{person} has corrected the report.").format(person=person(by)) + " " if by else ""


def _advice(t: Translator, error: str, channel: str | None) -> str:
    """Return the way out where Bugle knows it; empty where Jira's or Slack's words must do."""
    if error.startswith(SHARED):
        return t(
            "People of another company read that channel, and cards are not for them. Give the product a"
            " channel of its own in bugle.toml, then press Retry."
        )
    if error.startswith(NO_ISSUE):
        return t("The report's issue could not be made. Retry that first, then press Retry here.")
    if channel is None or same_reason(error) != LOST:
        return ""
    said = t(
        "Bugle can say nothing in {channel}: it is archived, or Bugle is not in it. Unarchive it or invite"
        " Bugle there, then press Retry, which also does what has waited for it since."
    )
    return said.format(channel=f"<#{channel}>")


def _kind_name(t: Translator, kind: str) -> str:
    return {
        "create_issue": t("Create the Jira issue"),
        "assign_issue": t("Assign the Jira issue"),
        "link_thread": t("Link the Jira issue to its Slack thread"),
        "post_card": t("Post the card"),
        "post_ping": t("Ping the engineer on duty"),
        "post_receipt": t("Confirm to the reporter"),
        "label_issue": t("Label the Jira issue"),
        "ask_for_more": t("Ask the reporter for what a report lacks"),
        "ask_to_mend": t("Ask the reporter to correct what Jira refused"),
        "post_line": t("Post a line in a card's thread"),
        "comment_issue": t("Comment on the Jira issue"),
        "edit_message": t("Edit a message"),
        "offer_form": t("Offer the form to somebody"),
        "publish_home": t("Show somebody their Home"),
        "remind_of_draft": t("Remind somebody of a draft"),
        "ping_member": t("Ping an engineer of the rotation"),
        "retire_ping": t("Edit a message"),
        "ask_next": t("Ask the next in line"),
        "lapse": t("End an acknowledgement"),
        "end_snooze": t("End a snooze"),
        "attach_file": t("Attach a file to the Jira issue"),
        "await_card": t("Find the report that a reply is about"),
        "tell_file_lost": t("Tell somebody that a file could not be added"),
        "set_priority": t("Give the Jira issue its priority"),
        "move_issue": t("Move the Jira issue through its workflow"),
        "show_in_jira": t("Show a reply of a thread in Jira"),
        "show_in_slack": t("Show a comment of Jira's in Slack"),
        "detach_files": t("Remove files of a reply from the Jira issue"),
        "read_thread": t("Read what was said in a thread"),
        "look_at_threads": t("Look which threads have new replies"),
        "read_comments": t("Read the comments of an issue"),
        "read_issue": t("Read what became of an issue"),
        "read_versions": t("Read which versions came out"),
        "link_duplicate": t("Link the Jira issue to the one it duplicates"),
        "write_note": t("Tell a person what was decided"),
        "post_question": t("Ask the reporter"),
        "tell_of_link": t("Tell of a Jira account that somebody linked"),
        "post_cover": t("Ask for cover of a shift"),
        "edit_cover": t("Edit a message"),
        "write_cover_note": t("Tell a person that a shift changed hands"),
        "announce_duty": t("Say who is on duty"),
        "write_handoff": t("Write to an engineer of a hand-off"),
        "edit_handoff": t("Edit a message"),
        "tell_member_gone": t("Tell of a member who cannot have the duty"),
        "warn_of_gap": t("Warn of a gap in a rotation"),
        "call_duty": t("Call who is on duty"),
        "set_group": t("Fill the user group of who is on duty"),
        "set_topic": t("Say in a topic who is on duty"),
        "show_duty": t("Show in a channel who is on duty"),
        "pin_duty": t("Pin the message of who is on duty"),
        "tell_of_surface": t("Tell admins what keeps Slack from showing who is on duty"),
        "post_outside": t("Tell a customer in the channel shared with them"),
        "edit_outside": t("Edit a message"),
        "look_at_sharing": t("Look who reads a channel"),
        "tell_of_sharing": t("Tell admins that others read a channel"),
        "edit_sharing": t("Edit a message"),
        "find_messages_of_ours": t("Remove Bugle's messages from a channel"),
        "remove_message": t("Remove Bugle's messages from a channel"),
        "tell_not_posted": t("Tell somebody that a customer was not told"),
        "edit_question": t("Show the answer under its question"),
        "post_digest": t("Post a digest of what customers say"),
        "edit_digest": t("Edit a message"),
    }.get(kind, kind)


def not_passed(holder: str, language: str) -> str:
    """Return the answer to a person who passes on what is no longer theirs to pass on."""
    t = translator(language)
    return t("Nothing was passed on: {person} has it now.").format(person=person(holder))


def failed(code: str, language: str) -> str:
    """Return the apology for a fault of ours, with the code that the log has too."""
    t = translator(language)
    return t(
        "That did not work, by a fault of Bugle's. Try again in a minute; if it stays, tell an admin"
        " the code {code}."
    ).format(code=code)


def not_saved(code: str, language: str) -> str:
    """Return what a form says when its report could not be kept; what was typed stays in the form."""
    t = translator(language)
    return t(
        "Bugle could not save this just now. Your text is still here: press File again in a minute."
        " If it stays, tell an admin the code {code}."
    ).format(code=code)


def form_not_saved(code: str, language: str) -> str:
    """Return what any other form says when it could not be kept; it stays open as it is."""
    t = translator(language)
    return t(
        "Bugle could not save this just now. What you entered is still here: try again in a minute. If it"
        " stays, tell an admin the code {code}."
    ).format(code=code)


def not_shown(code: str, language: str) -> str:
    """Return what a person is told when Slack did not let something be shown."""
    t = translator(language)
    return t(
        "Slack did not let Bugle show this in time. Nothing was lost: try again. If it stays, tell an admin"
        " the code {code}."
    ).format(code=code)
