"""The first schema: journal, registry, cases and what lists need of them."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
PLACE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OPENED = ["opened", "ref", "id", "restricted", "worker", "team"]
URGENT = ["target", "ref", "name", "case_id", "restricted", "team", "worker", "workflow", "listed"]
BEYOND = [
    "word", "beyond_after", "ref", "name", "case_id", "restricted", "target", "live_until", "measured",
    "asks_from", "next_checkpoint", "team", "worker", "workflow", "listed",
]  # fmt: skip
# A guard against accidents: whoever may alter the schema may also drop it, and the chain would tell.
ONLY_GROWS = "the journal only grows"


def upgrade() -> None:
    _journal()
    _registry()
    _cases()
    _expectations()
    if op.get_bind().dialect.name == "sqlite":
        _indexes_sqlite()
        _guards_sqlite()
    else:
        _indexes_postgresql()
        _guards_postgresql()


def _journal() -> None:
    op.create_table(
        "store_info",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("store", WORDS, nullable=False),
        sa.Column("practice", sa.Boolean(), nullable=False),
        sa.Column("nation", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_store_info"),
    )
    op.create_table(
        "journal",
        sa.Column("seq", PLACE, autoincrement=False, nullable=False),
        sa.Column("stream", WORDS, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("recorded_at", WORDS, nullable=False),
        sa.Column("actor", WORDS, nullable=False),
        sa.Column("acting_as", WORDS, nullable=False),
        sa.Column("commitment", WORDS, nullable=False),
        sa.Column("prev", WORDS, nullable=False),
        sa.Column("hash", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_journal"),
        sa.UniqueConstraint("hash", name="uq_journal_hash"),
        sa.UniqueConstraint("stream", "number", name="uq_journal_stream_number"),
    )
    op.create_table(
        "journal_body",
        sa.Column("seq", PLACE, autoincrement=False, nullable=False),
        sa.Column("salt", WORDS, nullable=True),
        sa.Column("body", WORDS, nullable=True),
        sa.ForeignKeyConstraint(["seq"], ["journal.seq"], name="fk_journal_body_seq_journal"),
        sa.PrimaryKeyConstraint("seq", name="pk_journal_body"),
    )
    op.create_table(
        "journal_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", PLACE, nullable=False),
        sa.Column("hash", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_journal_head"),
    )


def _registry() -> None:
    op.create_table(
        "person",
        sa.Column("id", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("login", WORDS, nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.Column("folded", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
    )
    op.create_table(
        "office",
        sa.Column("person_id", WORDS, nullable=False),
        sa.Column("office", WORDS, nullable=False),
        sa.Column("team", WORDS, nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_office_person_id_person"),
        sa.PrimaryKeyConstraint("person_id", "office", "team", name="pk_office"),
    )
    op.create_table(
        "team",
        sa.Column("id", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("folded", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_team"),
    )
    op.create_table(
        "closure",
        sa.Column("team", WORDS, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("team", "day", name="pk_closure"),
    )
    op.create_table(
        "child",
        sa.Column("id", WORDS, nullable=False),
        sa.Column("family", WORDS, nullable=False),
        sa.Column("details", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_child"),
    )
    op.create_index("ix_child_family", "child", ["family"])
    op.create_table(
        "definition",
        sa.Column("hash", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("version", WORDS, nullable=False),
        sa.Column("text", WORDS, nullable=True),
        sa.Column("journalled", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_definition"),
    )


def _cases() -> None:
    op.create_table(
        "case_file",
        sa.Column("id", WORDS, nullable=False),
        sa.Column("ref", WORDS, nullable=False),
        sa.Column("title", WORDS, nullable=False),
        sa.Column("workflow", WORDS, nullable=False),
        sa.Column("version", WORDS, nullable=False),
        sa.Column("hash", WORDS, nullable=False),
        sa.Column("nation", WORDS, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("stage", WORDS, nullable=False),
        sa.Column("stage_title", WORDS, nullable=False),
        sa.Column("opened", sa.Date(), nullable=False),
        sa.Column("closed", sa.Date(), nullable=True),
        sa.Column("worker", WORDS, nullable=True),
        sa.Column("team", WORDS, nullable=True),
        sa.Column("restricted", sa.Boolean(), nullable=False),
        sa.Column("imported", sa.Boolean(), nullable=False),
        sa.Column("import_key", WORDS, nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("running", sa.Boolean(), nullable=False),
        sa.Column("settled", sa.Integer(), nullable=False),
        sa.Column("search", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_case_file"),
        sa.UniqueConstraint("import_key", name="uq_case_file_import_key"),
        sa.UniqueConstraint("ref", name="uq_case_file_ref"),
    )
    op.create_index(
        "ix_case_file_settled",
        "case_file",
        ["settled", "ref", "id", "restricted", "running"],
        sqlite_where=sa.text("NOT running"),
        postgresql_where=sa.text("NOT running"),
    )
    op.create_index("ix_case_file_team", "case_file", ["team"])
    op.create_index("ix_case_file_worker", "case_file", ["worker"])
    op.create_table(
        "case_snapshot",
        sa.Column("case_id", WORDS, nullable=False),
        sa.Column("snapshot", WORDS, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name="fk_case_snapshot_case_id_case_file"),
        sa.PrimaryKeyConstraint("case_id", name="pk_case_snapshot"),
    )
    op.create_table(
        "access",
        sa.Column("person_id", WORDS, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("case_id", WORDS, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name="fk_access_case_id_case_file"),
        sa.PrimaryKeyConstraint("person_id", "kind", "case_id", name="pk_access"),
    )
    op.create_index("ix_access_case_id", "access", ["case_id"])
    op.create_table(
        "case_child",
        sa.Column("case_id", WORDS, nullable=False),
        sa.Column("child_id", WORDS, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name="fk_case_child_case_id_case_file"),
        sa.PrimaryKeyConstraint("case_id", "child_id", name="pk_case_child"),
    )
    op.create_index("ix_case_child_child_id", "case_child", ["child_id"])
    op.create_table(
        "record",
        sa.Column("case_id", WORDS, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("author", WORDS, nullable=False),
        sa.Column("author_name", WORDS, nullable=False),
        sa.Column("recorded_at", WORDS, nullable=False),
        sa.Column("fields", WORDS, nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("corrected", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "number", name="pk_record"),
    )


def _expectations() -> None:
    op.create_table(
        "expectation",
        sa.Column("case_id", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("title", WORDS, nullable=False),
        sa.Column("on_register", sa.Boolean(), nullable=False),
        sa.Column("started", sa.Date(), nullable=False),
        sa.Column("ended", sa.Date(), nullable=True),
        sa.Column("done", WORDS, nullable=True),
        sa.Column("indicative", sa.Date(), nullable=True),
        sa.Column("asks_from", sa.Date(), nullable=True),
        sa.Column("agreed", sa.Date(), nullable=True),
        sa.Column("measured", sa.Date(), nullable=True),
        sa.Column("beyond_after", sa.Date(), nullable=True),
        sa.Column("target", sa.Date(), nullable=True),
        sa.Column("next_checkpoint", sa.Date(), nullable=True),
        sa.Column("word", WORDS, nullable=False),
        sa.Column("live_until", sa.Date(), nullable=True),
        sa.Column("promised_on", sa.Date(), nullable=True),
        sa.Column("details", WORDS, nullable=False),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column("ref", WORDS, nullable=False),
        sa.Column("restricted", sa.Boolean(), nullable=False),
        sa.Column("team", WORDS, nullable=True),
        sa.Column("worker", WORDS, nullable=True),
        sa.Column("workflow", WORDS, nullable=False),
        sa.Column("search", WORDS, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name="fk_expectation_case_id_case_file"),
        sa.PrimaryKeyConstraint("case_id", "name", name="pk_expectation"),
    )


def _indexes_sqlite() -> None:
    listed = sa.text("listed")
    op.create_index("ix_case_file_opened", "case_file", [*OPENED, "search"])
    op.create_index("ix_expectation_urgent", "expectation", [*URGENT, "search"], sqlite_where=listed)
    op.create_index("ix_expectation_beyond", "expectation", [*BEYOND, "search"], sqlite_where=listed)


def _indexes_postgresql() -> None:
    listed = sa.text("listed")
    op.create_index("ix_case_file_opened_slim", "case_file", OPENED)
    op.create_index("ix_expectation_urgent_slim", "expectation", URGENT, postgresql_where=listed)
    op.create_index("ix_expectation_beyond_slim", "expectation", BEYOND, postgresql_where=listed)


def _guards_sqlite() -> None:
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER journal_no_{act.lower()} BEFORE {act} ON journal "
            f"BEGIN SELECT RAISE(ABORT, '{ONLY_GROWS}'); END"
        )


def _guards_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION journal_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{ONLY_GROWS}'; END $$"
    )
    for act, each in (("UPDATE", "ROW"), ("DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
        op.execute(
            f"CREATE TRIGGER journal_no_{act.lower()} BEFORE {act} ON journal "
            f"FOR EACH {each} EXECUTE FUNCTION journal_only_grows()"
        )
