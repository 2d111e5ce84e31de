// Jira beside Slack: the list of issues, and one issue with what can be done with it.

import { attempt, read } from "./api.js";
import { moment } from "./dates.js";
import { h, reconcile, refresher } from "./dom.js";
import { sized } from "./files.js";
import { link } from "./mrkdwn.js";
import { isOurs, go, me, place, world } from "./world.js";
import { wiki } from "./wiki.js";

let issues = [];
const drafts = new Map();

/** Reads all issues and shows them. */
export const refreshJira = refresher(
  () => read("jira/issues"),
  (found) => {
    issues = found.issues;
    showJira();
  },
);

const account = () => world.accounts.find((one) => one.name === me()?.handle);
const accountName = (id) => world.accounts.find((one) => [one.accountId, one.name].includes(id))?.displayName ?? id;
const category = (status) => status.statusCategory?.key ?? "new";
const lozenge = (status) => h("span", { class: `lozenge ${category(status)}` }, status.name);

/** Shows the issue that is open, or the list. */
export function showJira() {
  const side = document.getElementById("jira");
  side.hidden = !isOurs();
  const issue = issues.find((one) => one.key === place.issue);
  const entries = issue ? detail(issue) : list();
  reconcile(side, entries);
}

function list() {
  const head = { key: "head", stamp: String(issues.length), build: () => h("header", { class: "head" }, h("h1", {}, "Jira"), h("p", {}, issues.length === 1 ? "1 issue" : `${issues.length} issues`)) };
  const missing = place.issue && { key: "missing", stamp: place.issue, build: () => h("p", { class: "empty" }, `There is no issue ${place.issue}.`) };
  const none = !issues.length && { key: "none", stamp: "", build: () => h("p", { class: "empty" }, "No issues yet. Type /bug in #support to file the first.") };
  const rows = { key: "rows", stamp: JSON.stringify(issues.map(listed)), build: () => h("ul", { class: "issues" }, issues.map(issueRow)) };
  return [head, missing, none, rows].filter(Boolean);
}

const listed = ({ key, fields }) => [key, fields.summary, fields.status.name, fields.priority?.name, fields.assignee?.displayName];

function issueRow({ key, fields }) {
  const facts = [fields.priority?.name, fields.assignee?.displayName ?? "Unassigned"].filter(Boolean).join(" · ");
  return h("li", {}, h(
    "button",
    { type: "button", "data-focus": `issue ${key}`, onclick: () => go({ issue: key }) },
    h("span", { class: "line" }, h("strong", {}, key), lozenge(fields.status)),
    h("span", { class: "summary" }, fields.summary),
    h("small", {}, facts),
  ));
}

function detail(issue) {
  const part = (key, stamp, build) => ({ key: `${issue.key} ${key}`, stamp: JSON.stringify([place.me, world.accounts.length, stamp]), build });
  const { fields } = issue;
  const comments = fields.comment.comments;
  return [
    part("head", fields.summary, () => head(issue)),
    part("doing", [fields.status.name, issue.transitions, fields.assignee], () => doing(issue)),
    part("facts", [fields, fields.updated], () => facts(issue)),
    part("text", fields.description, () => h("section", { class: "wiki", "aria-label": "Description" }, fields.description ? wiki(fields.description, accountName) : h("p", { class: "empty" }, "No description"))),
    part("links", [issue.remoteLinks, fields.issuelinks, fields.attachment], () => links(issue)),
    part("comments", comments, () => commentList(comments)),
    part("write", "", () => commentForm(issue)),
    part("history", issue.changelog, () => changes(issue)),
  ];
}

function head(issue) {
  const back = h("button", { type: "button", class: "bare", "aria-label": "All issues", onclick: () => go({ issue: null }) }, "← All issues");
  return h("header", { class: "issue-head" }, back, h("p", { class: "key" }, `${issue.key} · ${issue.fields.issuetype.name}`), h("h1", {}, issue.fields.summary));
}

function doing(issue) {
  const mine = account();
  const who = mine?.name;
  const deed = (name, body) => attempt(`jira/as/${who}/issues/${issue.key}/${name}`, body).then(refreshJira);
  const button = (label, press) => h("button", { type: "button", class: "button", disabled: !mine, onclick: press, "data-focus": `deed ${label}` }, label);
  const resolution = h("select", { "aria-label": "Resolution", disabled: !mine }, world.resolutions.map((name) => h("option", {}, name)));
  const steps = issue.transitions.map((one) => {
    const step = button(one.to, () => deed("transition", { to: one.to, ...(one.resolves && { resolution: resolution.value }) }));
    return one.resolves ? h("span", { class: "closing" }, step, " as ", resolution) : step;
  });
  const isMine = mine && issue.fields.assignee?.displayName === mine.displayName;
  return h(
    "section",
    { class: "doing", "aria-label": "Status" },
    h("p", {}, lozenge(issue.fields.status), issue.fields.resolution && ` ${issue.fields.resolution.name}`),
    mine && !isMine && button("Assign to me", () => deed("assign", { to: who })),
    h("div", { class: "steps", role: "group", "aria-label": "Move to" }, steps),
    !mine && h("p", { class: "hint" }, `${me()?.name} has no Jira account and can only read.`),
  );
}

function facts({ fields }) {
  const names = (list) => list?.map((one) => one.name).join(", ");
  const rows = [
    ["Priority", fields.priority?.name],
    ["Components", names(fields.components)],
    ["Versions", names(fields.versions)],
    ["Labels", fields.labels?.join(", ")],
    ["Assignee", fields.assignee?.displayName ?? "Nobody"],
    ["Reporter", fields.reporter?.displayName],
    ["Affected region", fields.customfield_10050?.value],
    ["Created", moment(Date.parse(isoOf(fields.created)), "{date_short} {time} ({ago})")],
  ].filter(([, value]) => value);
  return h("dl", {}, rows.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))));
}

// Jira writes +0100, which not every browser reads.
const isoOf = (time) => time.replace(/([+-]\d\d)(\d\d)$/, "$1:$2");

function links(issue) {
  const remote = issue.remoteLinks.map((one) => h("li", {}, "🔗 ", link(one.object.url, one.object.title ?? one.object.url)));
  const other = (issue.fields.issuelinks ?? []).map((one) => {
    const [words, end] = one.outwardIssue ? [one.type.outward, one.outwardIssue] : [one.type.inward, one.inwardIssue];
    return h("li", {}, `${words} `, h("button", { type: "button", class: "bare link", onclick: () => go({ issue: end.key }) }, end.key), ` ${end.fields.summary}`);
  });
  const files = (issue.fields.attachment ?? []).map((one) => h("li", {}, "📎 ", h("a", { href: `/control/jira/attachments/${one.id}`, target: "_blank" }, one.filename), ` ${sized(one.size)}`));
  const all = [...remote, ...other, ...files];
  return h("section", { class: "links", hidden: !all.length }, h("h2", {}, "Links and files"), h("ul", {}, all));
}

function commentList(comments) {
  return h("section", { class: "comments", hidden: !comments.length }, h("h2", {}, comments.length === 1 ? "1 comment" : `${comments.length} comments`), comments.map((one) => h(
    "article",
    {},
    h("p", {}, h("strong", {}, one.author?.displayName ?? "Somebody"), " ", moment(Date.parse(isoOf(one.created)), "{ago}"), one.jsdPublic === false && h("span", { class: "badge" }, "internal")),
    h("div", { class: "wiki" }, wiki(one.body, accountName)),
  )));
}

function commentForm(issue) {
  const mine = account();
  const field = h("textarea", { rows: 2, "aria-label": "Comment", placeholder: "Add a comment", disabled: !mine, "data-focus": "comment" });
  const key = `${place.me} ${issue.key}`;
  field.value = drafts.get(key) ?? "";
  field.addEventListener("input", () => drafts.set(key, field.value));
  const submit = async (event) => {
    event.preventDefault();
    if (!field.value.trim()) return;
    if (await attempt(`jira/as/${mine.name}/issues/${issue.key}/comment`, { body: field.value })) {
      field.value = "";
      drafts.delete(key);
      refreshJira();
    }
  };
  return h("form", { class: "comment", onsubmit: submit }, field, h("button", { class: "button", disabled: !mine }, "Comment"));
}

function changes(issue) {
  const rows = issue.changelog.flatMap((one) => one.items.map((item) => h("li", {}, h("strong", {}, one.author?.displayName ?? "Somebody"), ` changed ${item.field} from ${item.fromString || "nothing"} to ${item.toString || "nothing"}, `, moment(Date.parse(isoOf(one.created)), "{ago}"))));
  return h("details", { class: "history", hidden: !rows.length }, h("summary", {}, "History"), h("ul", {}, rows));
}
