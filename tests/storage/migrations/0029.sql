-- What a database at revision 0029 may hold besides: a promise that was broken, and one that is open.

INSERT INTO promises (report, kind, due_at, warned_for, broken_at) VALUES
    ('01JNB3T7Q0W8X2Y4Z6A8B0C2D4', 'response', null, 3600, '2026-03-02 10:05:00.000000'),
    ('01JNB3T7Q0W8X2Y4Z6A8B0C2D4', 'resolution', '2026-03-04 09:05:00.000000', null, null);
