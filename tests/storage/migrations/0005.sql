-- What a database at revision 0005 may hold besides: a report filled in wholly, with its customers.

INSERT INTO reports (
    id, nonce, reporter, reporter_name, product, impact, workaround, severity, steps, expected, actual, language,
    filed_at, version, environment, found_in, effort, help_desk_url, source_url, fields, customers,
    severity_reasons, refusal
) VALUES (
    '01JNB3T7Q0W8X2Y4Z6A8B0C2D6', 'nonce-7', 'U0REP', 'Rosa Pérez', 'pay', 'data', 'none', 'critical',
    'Pay with a card', 'One charge', 'Two charges', 'es', '2026-03-03 09:00:00.000000', 1, 'Production', '5.1', 3,
    'https://desk.example/7', 'https://slack.example/archives/C0/p1',
    '{"customfield_10050": {"kind": "one_of", "given": ["10120"]}}', 1, '{"impact": "data"}',
    '{"customfield_10050": "Affected region is required."}'
);

INSERT INTO customers (id, key, name, folded)
VALUES ('01JNB3T7Q0W8X2Y4Z6A8B0C2E1', 'named:lumen retail', 'Lumen Retail', 'lumen retail');

INSERT INTO report_customers (report, customer, brought_by, added_at) VALUES (
    '01JNB3T7Q0W8X2Y4Z6A8B0C2D6', '01JNB3T7Q0W8X2Y4Z6A8B0C2E1', 'U0REP', '2026-03-03 09:00:00.000000'
);

INSERT INTO also_reported (nonce, report, reporter, steps, expected, actual, filed_at, source) VALUES (
    'nonce-8', '01JNB3T7Q0W8X2Y4Z6A8B0C2D6', 'U0REP', 'Pay', 'One', 'Two', '2026-03-03 10:00:00.000000', NULL
);

INSERT INTO versions (project, id, name, position) VALUES ('PAY', '10205', '5.1', 0);

INSERT INTO create_fields (project, issue_type, fields) VALUES ('PAY', 'Bug', '[]');
