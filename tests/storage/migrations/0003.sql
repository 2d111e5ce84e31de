-- What a database at revision 0003 may hold besides: who has opened Home, and a draft that was set aside.

INSERT INTO homes (person, opened_at) VALUES ('U0REP', '2026-03-02 09:00:00.000000');

INSERT INTO drafts (nonce, person, opening, state, started_at, saved_at, set_aside_at) VALUES (
    'nonce-5', 'U0REP', '{"nonce": "nonce-5", "language": "es"}', '{}',
    '2026-03-02 10:00:00.000000', '2026-03-02 10:00:00.000000', '2026-03-02 10:01:00.000000'
);
