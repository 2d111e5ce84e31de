-- What a database at revision 0022 may hold besides: a customer issue in a digest that was posted, and waiting for the
-- hours of another channel.

INSERT INTO digests (id, whole, page, channel, rotation, made_at, ts, engineer, shown) VALUES (
    '01JNB3T7Q0W8X2Y4Z6A8B0C2K0', '01JNB3T7Q0W8X2Y4Z6A8B0C2K0', 1, 'C0SUPPORT', 'shop-bugs',
    '2026-03-02 10:00:00.000000', '1772445601.000100', 'U0ELSA', 2
);

INSERT INTO deliveries (customer_issue, channel, form, name, rotation, due_at, ended_at, digest) VALUES (
    '01JNB3T7Q0W8X2Y4Z6A8B0C2J1', 'C0SUPPORT', 'hourly', 'What customers say', 'shop-bugs',
    '2026-03-02 10:00:00.000000', '2026-03-02 10:00:00.000000', '01JNB3T7Q0W8X2Y4Z6A8B0C2K0'
), (
    '01JNB3T7Q0W8X2Y4Z6A8B0C2J1', 'C0PAYTALK', 'each', 'Payment, large customers', null,
    '2026-03-03 08:00:00.000000', null, null
);
