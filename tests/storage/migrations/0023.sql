-- What a database at revision 0023 may hold besides: the issue of a report, fixed in a version that is not out yet, and
-- to whom Bugle had assigned it. Its report is one of 0001's.

INSERT INTO tracked (report, issue, key, status, category, assignee, assignee_id, priority, resolution, versions,
original, updated, seen_at, phase, since) VALUES (
    '01JNB3T7Q0W8X2Y4Z6A8B0C2D4', '10042', 'SHOP-42', 'Done', 'done', 'Elsa Lind', 'elsa', 'High', 'Fixed',
    '[{"name": "2.4", "released": false, "on": null}]', null, '2026-03-02 10:00:00.000000',
    '2026-03-02 10:00:30.000000', 'fixed', '2026-03-02 10:00:30.000000'
);

INSERT INTO assigned (report, account, person) VALUES ('01JNB3T7Q0W8X2Y4Z6A8B0C2D4', 'elsa', 'U0ELSA');
