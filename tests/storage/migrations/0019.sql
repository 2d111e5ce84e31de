-- What a database at revision 0019 may hold besides: a customer of the directory and what they told us, which is shown
-- in a channel, waits for a digest in another, and was seen.

INSERT INTO customers (id, key, name, folded, tier, value, region, zone, language, renewal, owner, channel, crm_url,
help_desk_url, fields, merged_into, updated_at) VALUES (
    '01JNB3T7Q0W8X2Y4Z6A8B0C2J0', 'lumen', 'Lumen Retail', 'lumen retail', 'enterprise', 240000, 'EMEA',
    'Europe/Berlin', 'en', '2026-09-30', 'U0ANA', 'C0LUMEN', 'https://crm.example/lumen', null,
    '{"segment": "retail"}', null, '2026-03-02 09:00:01.000000'
);

INSERT INTO customer_issues (id, nonce, origin, product, quote, customer, area, language, author, author_id, brought_by,
channel, ts, source, source_url, help_desk_url, effort, satisfaction, files, tags, brought_at, version, state,
settled_by, settled_at, settled_note, report, decision, blanked_at) VALUES (
    '01JNB3T7Q0W8X2Y4Z6A8B0C2J1', 'message:C0LUMEN:1772442001.000100', 'message', 'shop', 'We are charged twice.',
    '01JNB3T7Q0W8X2Y4Z6A8B0C2J0', 'Payment', 'en', 'Olga Petrov', 'U0XOLGA', 'U0ANA', 'C0LUMEN', '1772442001.000100',
    null, 'https://lumen.slack.example/archives/C0LUMEN/p1772442001000100', null, 6, 20, '["F0ONE"]', '["billing"]',
    '2026-03-02 09:05:00.000000', 2, 'feedback', 'U0HUGO', '2026-03-02 09:06:00.000000', null, null,
    '{"routes": ["Enterprise"]}', null
);

INSERT INTO customer_posts (customer_issue, form, audience, channel, ts, version, confirmed_by) VALUES (
    '01JNB3T7Q0W8X2Y4Z6A8B0C2J1', 'card', 'C0SHOPBUGS', 'C0SHOPBUGS', '1772442002.000100', 2, null
);

INSERT INTO digest_entries (channel, customer_issue, language, due_at, posted_at) VALUES (
    'C0SUPPORT', '01JNB3T7Q0W8X2Y4Z6A8B0C2J1', 'en', '2026-03-02 10:00:00.000000', null
);

INSERT INTO audit (at, who, deed, about, subject, details) VALUES (
    '2026-03-02 09:07:00.000000', 'U0HUGO', 'seen', 'customer_issue', '01JNB3T7Q0W8X2Y4Z6A8B0C2J1', null
);
