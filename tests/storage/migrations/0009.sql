-- What a database at revision 0009 may hold besides: a report passed on by one engineer and waiting for another.

INSERT INTO pings (report, number, step, member, posted_at, zone, due_at, "end", ended_by) VALUES (
    '01JNB3T7Q0W8X2Y4Z6A8B0C2D4', 1, 1, 'U0ELSA', '2026-03-02 09:00:01.000000', 'Europe/Stockholm',
    '2026-03-02 10:00:01.000000', 'passed', 'U0ELSA'
);

INSERT INTO pings (report, number, step, member, posted_at, zone, due_at) VALUES (
    '01JNB3T7Q0W8X2Y4Z6A8B0C2D4', 2, 2, 'U0DIEGO', '2026-03-02 09:20:00.000000', 'America/Mexico_City',
    '2026-03-02 16:00:00.000000'
);
