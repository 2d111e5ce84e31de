-- What a database at revision 0013 may hold besides: an address that was stopped, one in use, a shift that moved.

INSERT INTO calendar_links (digest, person, rotation, made_at, revoked_at) VALUES (
    'd1', 'U0ELSA', NULL, '2026-03-02 09:00:00.000000', '2026-03-03 09:00:00.000000'
);

INSERT INTO calendar_links (digest, person, rotation, made_at) VALUES (
    'd2', 'U0ELSA', 'shop', '2026-03-03 09:00:00.000000'
);

INSERT INTO calendar_events (uid, state, sequence, changed_at) VALUES (
    'shop-0-8-0@bugle', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 2,
    '2026-03-02 09:00:00.000000'
);
