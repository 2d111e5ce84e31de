-- What a database at revision 0025 may hold besides: a customer that was merged into another.

INSERT INTO customers (id, key, name, folded, merged_into, updated_at) VALUES (
    '01JNB3T7Q0W8X2Y4Z6A8B0C2M0', 'named:lumen', 'Lumen', 'lumen', '01JNB3T7Q0W8X2Y4Z6A8B0C2J0',
    '2026-03-02 10:00:01.000000'
);
