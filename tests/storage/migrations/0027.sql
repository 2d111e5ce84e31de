-- What a database at revision 0027 may hold besides: a customer who was told, and who reads of it where.

INSERT INTO loops (customer_issue, report, state, ending, since, owner, holder, version, told_at, told_by, told_how,
remind_at, reminders, reason, touches) VALUES (
    '01JNB3T7Q0W8X2Y4Z6A8B0C2J1', '01JNB3T7Q0W8X2Y4Z6A8B0C2D4', 'told', 'fixed', '2026-03-02 09:10:00.000000', 'U0ANA',
    'U0ANA', 2, '2026-03-02 09:15:00.000000', 'U0ANA', 'otherwise', null, 0, null, 1
);

INSERT INTO loop_messages (report, person, asked, version, channel, ts, shown) VALUES (
    '01JNB3T7Q0W8X2Y4Z6A8B0C2D4', 'U0ANA', 1, 2, 'D0ANA', '1772442002.000200', 2
);
