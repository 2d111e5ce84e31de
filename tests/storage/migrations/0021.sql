-- What a database at revision 0021 may hold besides: the tag of feedback on a product.

INSERT INTO feedback_tags (product, tag, customer_issue) VALUES ('shop', 'billing', '01JNB3T7Q0W8X2Y4Z6A8B0C2J1');
