"""What can be a likely duplicate, as storage/similar.py searches it."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, SmallInteger, String, Table, Text, text

from storage.tables.columns import Id, index_of_known, metadata

_UNSETTLED = text("state IN ('waiting', 'leaving')")

documents = Table(  # what can be a likely duplicate; storage/similar.py says how it is searched
    "documents",
    metadata,
    Column("id", Id, primary_key=True),
    Column("product", String(64), nullable=False),
    Column("report", ForeignKey("reports.id")),  # either a report of ours
    Column("issue", String(64)),  # or an issue that was made in Jira, by its id there
    Column("terms", Text, nullable=False),  # JSON: term to how often it is said
    Column("state", String(8), nullable=False),  # waiting, indexed, leaving
    Index(None, "report"),
    index_of_known("product", "issue", known="issue"),
    Index("ix_documents_unsettled", "product", "id", sqlite_where=_UNSETTLED, postgresql_where=_UNSETTLED),
)

postings = Table(  # which documents say a term, for those that are indexed; read from its primary key alone
    "postings",
    metadata,
    Column("term", BigInteger, primary_key=True, autoincrement=False),  # of one product
    Column("document", Id, primary_key=True, autoincrement=False),
    Column("weight", SmallInteger, primary_key=True),  # in thousandths
    sqlite_with_rowid=False,
)

term_counts = Table(  # how many indexed documents say a term
    "term_counts",
    metadata,
    Column("term", BigInteger, primary_key=True, autoincrement=False),
    Column("documents", Integer, nullable=False),
    sqlite_with_rowid=False,
)
