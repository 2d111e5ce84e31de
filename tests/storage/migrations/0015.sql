-- What a database at revision 0015 may hold besides: a lead who was asked in the night and snoozes it.

INSERT INTO pings (report, number, step, member, posted_at, zone, due_at, via, after_hours, snoozed_until, lapses_at)
VALUES (
    '01JNB3T7Q0W8X2Y4Z6A8B0C2D4', 3, 3, 'U0HUGO', '2026-03-02 22:00:00.000000', 'Europe/Madrid',
    '2026-03-03 09:00:00.000000', 'lead', TRUE, '2026-03-03 12:00:00.000000', '2026-03-03 16:00:00.000000'
);
