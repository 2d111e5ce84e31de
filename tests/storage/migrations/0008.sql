-- What a database at revision 0008 may hold besides: a product's issues, and texts that are searched.

INSERT INTO mirrors (product, project, polled_at, known_until, known_since, filled_at) VALUES (
    'shop', 'SHOP', '2026-03-02 10:00:00.000000', '2026-03-02 09:59:00.000000', '2026-03-02 10:00:00.000000',
    '2026-03-02 08:00:00.000000'
);

INSERT INTO issues (product, id, key, summary, status, is_open, updated, seen_at)
VALUES ('shop', '10007', 'SHOP-7', 'Search finds nothing', 'To Do', true, '2026-03-02 09:59:00.000000',
    '2026-03-02 10:00:00.000000');

INSERT INTO documents (product, report, issue, terms, state)
VALUES ('shop', NULL, '10007', '{"search":2,"find":2,"noth":2}', 'indexed');

INSERT INTO documents (product, report, issue, terms, state)
VALUES ('shop', '01JNB3T7Q0W8X2Y4Z6A8B0C2D4', NULL, '{"card":1,"刷了":1}', 'waiting');

INSERT INTO postings (term, document, weight) VALUES (-3141592653589793238, 1, 2600);

INSERT INTO term_counts (term, documents) VALUES (-3141592653589793238, 1);
