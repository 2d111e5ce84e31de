-- What a database at revision 0012 may hold besides: a hand-off with a bug that is passed on, and an effort.

INSERT INTO duty_now (rotation, start, "end", person, why, slot, revision, announced, last, last_slot, last_revision,
settled_at) VALUES (
    'shop', '2026-03-02 09:00:00.000000', '2026-03-09 09:00:00.000000', 'U0DIEGO', 'turn', 8, 0, 'U0DIEGO',
    'U0DIEGO', 8, 0, '2026-03-02 09:00:01.000000'
);

INSERT INTO handoffs (id, rotation, at, leaver, taker, slot, revision, asks_effort, version) VALUES (
    1, 'shop', '2026-03-02 09:00:01.000000', 'U0ELSA', 'U0DIEGO', 7, 0, true, 2
);

INSERT INTO handoff_items (handoff, report, decision, decided_at, given_in)
SELECT 1, id, 'passed', '2026-03-02 09:05:00.000000', 1 FROM reports;

INSERT INTO handoff_messages (handoff, role, channel, ts, version) VALUES (
    1, 'leaver', 'D0ELSA', '1772442001.000100', 2
);

INSERT INTO efforts (rotation, slot, revision, person, effort, at) VALUES (
    'shop', 7, 0, 'U0ELSA', 3, '2026-03-02 09:06:00.000000'
);
