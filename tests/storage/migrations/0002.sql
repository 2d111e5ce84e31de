-- What a database at revision 0002 may hold besides: forms that were not filed, one of which was reminded of.

INSERT INTO drafts (nonce, person, opening, state, started_at, saved_at, reminded_at) VALUES (
    'nonce-3', 'U0REP', '{"nonce": "nonce-3", "language": "es"}',
    '{"report_happened": {"report_happened": {"type": "plain_text_input", "value": "「刷了兩次」"}}}',
    '2026-03-02 09:00:00.000000', '2026-03-02 09:10:00.000000', '2026-03-02 09:40:00.000000'
);

INSERT INTO drafts (nonce, person, opening, state, started_at, saved_at) VALUES (
    'nonce-4', 'U0REP', '{"nonce": "nonce-4", "language": "es"}', '{}',
    '2026-03-02 10:00:00.000000', '2026-03-02 10:00:00.000000'
);
