-- What a database at revision 0001 may hold: a row in each table it brought, as Bugle would have written it.

INSERT INTO reports (
    id, nonce, reporter, reporter_name, product, area, impact, workaround, severity, steps, expected, actual,
    language, filed_at, on_duty, acknowledged_by, acknowledged_at, taken_by, taken_at, issue_key, version
) VALUES (
    '01JNB3T7Q0W8X2Y4Z6A8B0C2D4', 'nonce-1', 'U0REP', 'Rosa Pérez', 'shop', 'Payment', 'blocks', 'none', 'high',
    'Pay with a card', 'One charge', 'Two charges; the customer said: 「刷了兩次」', 'es',
    '2026-03-02 09:00:00.000000', 'U0DUTY', 'U0DUTY', '2026-03-02 09:05:00.000000', 'U0DUTY',
    '2026-03-02 09:06:00.000000', 'SHOP-42', 3
);

INSERT INTO reports (
    id, nonce, reporter, reporter_name, product, impact, workaround, severity, steps, expected, actual, language,
    filed_at, version
) VALUES (
    '01JNB3T7Q0W8X2Y4Z6A8B0C2D5', 'nonce-2', 'U0REP', 'Rosa Pérez', 'shop', 'cosmetic', 'yes', 'low',
    'Open the page', 'A logo', 'No logo', 'en', '2026-03-02 10:00:00.000000', 1
);

INSERT INTO live_messages (report, role, audience, channel, ts, version)
VALUES ('01JNB3T7Q0W8X2Y4Z6A8B0C2D4', 'card', 'C0BUGS', 'C0BUGS', '1772442000.000100', 3);

INSERT INTO live_messages (report, role, audience, channel, ts, version)
VALUES ('01JNB3T7Q0W8X2Y4Z6A8B0C2D4', 'ping', 'U0DUTY', 'D0DUTY', '1772442000.000200', 2);

INSERT INTO effects (
    key, kind, lane, args, state, due_at, decided_at, tries, started_at, finished_at, result
) VALUES (
    'create_issue 01JNB3T7Q0W8X2Y4Z6A8B0C2D4', 'create_issue', 'report 01JNB3T7Q0W8X2Y4Z6A8B0C2D4',
    '{"report": "01JNB3T7Q0W8X2Y4Z6A8B0C2D4"}', 'done', '2026-03-02 09:00:00.000000',
    '2026-03-02 09:00:00.000000', 1, '2026-03-02 09:00:00.010000', '2026-03-02 09:00:01.000000',
    '{"key": "SHOP-42"}'
);

INSERT INTO effects (
    key, kind, lane, args, state, due_at, decided_at, tries, started_at, doubt_since, doubted_at, error
) VALUES (
    'create_issue 01JNB3T7Q0W8X2Y4Z6A8B0C2D5', 'create_issue', 'report 01JNB3T7Q0W8X2Y4Z6A8B0C2D5',
    '{"report": "01JNB3T7Q0W8X2Y4Z6A8B0C2D5"}', 'waiting', '2026-03-02 10:01:00.000000',
    '2026-03-02 10:00:00.000000', 4, '2026-03-02 10:00:30.000000', '2026-03-02 10:00:00.100000',
    '2026-03-02 10:00:20.000000', 'timed out'
);

INSERT INTO effects (
    key, kind, lane, args, state, due_at, decided_at, tries, lease_owner, lease_until, started_at
) VALUES (
    'card 01JNB3T7Q0W8X2Y4Z6A8B0C2D5', 'post_card', 'C0BUGS', '{"report": "01JNB3T7Q0W8X2Y4Z6A8B0C2D5"}',
    'running', '2026-03-02 10:00:00.000000', '2026-03-02 10:00:00.000000', 1, 'a driver that is gone',
    '2026-03-02 10:00:04.000000', '2026-03-02 10:00:00.000000'
);

INSERT INTO paces (name, free_at) VALUES ('lane C0BUGS', '2026-03-02 10:00:01.000000');

INSERT INTO rotations (key, name, history) VALUES ('shop', 'Shop engineers', '[]');

INSERT INTO areas (project, id, name) VALUES ('SHOP', '10001', 'Payment');

INSERT INTO inbox (id, received_at) VALUES ('Ev0001', '2026-03-02 09:00:00.000000');
