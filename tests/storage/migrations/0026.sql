-- What a database at revision 0026 may hold besides: somebody took a report.

INSERT INTO report_events (report, key, at, what, who, details) VALUES (
    '01JNB3T7Q0W8X2Y4Z6A8B0C2D4', '01JNB3T7Q0W8X2Y4Z6A8B0C2D4:taken:3', '2026-03-02 09:05:00.000000', 'taken',
    'U0DUTY', null
);
