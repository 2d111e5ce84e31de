"""Text on the page: Slack's mrkdwn and Jira's wiki markup."""

from playwright.sync_api import Page, expect

from tests.sandbox.page.browsing import become

SLACK = [
    ("*bold* _it_ ~no~ `a*b*`", "<strong>bold</strong> <em>it</em> <s>no</s> <code>a*b*</code>"),
    ("snake_case_name 2*3*4", "snake_case_name 2*3*4"),
    ("&lt;b&gt; <script>", "&lt;b&gt; script"),
    ("<javascript:alert(1)|press>", "press"),
    (
        "<https://x.example/a_b|*x*>",
        '<a href="https://x.example/a_b" target="_blank" rel="noreferrer">*x*</a>',
    ),
    ("<@U0HUGO> :bug:", '<span class="mention">@Hugo Vidal</span> 🐛'),
    ("> said\nthen", "<blockquote>said</blockquote>then"),
    ("```\na *b*\n```", "<pre>a *b*</pre>"),
    ("<!date^0^{date_num}|then>", "01/01/1970"),
]
JIRA = [
    ("h3. Steps", "<h4>Steps</h4>"),
    ("*bold* {{mono}} \\*not\\*", "<p><strong>bold</strong> <code>mono</code> *not*</p>"),
    ("# one\n## two\n# three", "<ol><li>one<ol><li>two</li></ol></li><li>three</li></ol>"),
    ("||Impact|a \\| b|", "<table><tr><th>Impact</th><td>a | b</td></tr></table>"),
    ("{code:java}\nx *y*\n{code}", "<pre>x *y*</pre>"),
    ("\\[~ana\\] &#92; <i>", "<p>[~ana] \\ &lt;i&gt;</p>"),
    ("[press|javascript:alert(1)]", "<p>[press|javascript:alert(1)]</p>"),
]
DRAW = """async ([module, name, text]) => {
    const draw = (await import(`/page/${module}.js`))[name];
    const box = document.createElement("div");
    box.append(...draw(text, (id) => id));
    for (const time of box.querySelectorAll("time")) time.replaceWith(time.textContent);
    return box.innerHTML;
}"""


def test_text_reads_as_slack_and_jira_show_it(page: Page) -> None:
    """Marks become elements, foreign text stays text, and nothing but web and mail addresses is a link."""
    become(page, "Elsa Lind")
    expect(page.get_by_label("Message #shop-bugs").or_(page.get_by_label("Message #general"))).to_be_visible()
    for text, shown in SLACK:
        assert page.evaluate(DRAW, ["mrkdwn", "mrkdwn", text]) == shown
    for text, shown in JIRA:
        assert page.evaluate(DRAW, ["wiki", "wiki", text]) == shown
