"""What oversight keeps for the whole authority; what is folded of cases is made again afterwards."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
BEYOND = [
    "word", "beyond_after", "ref", "name", "case_id", "restricted", "target", "live_until", "measured",
    "asks_from", "next_checkpoint", "team", "worker", "workflow", "listed", "statutory",
]  # fmt: skip
# What saved views narrow by and group by, apart from what the plain register reads.
VIEWS = [
    *BEYOND, "kind", "stage", "opened", "started", "agreed", "nation", "imported", "reason", "reason_class",
    "untold_from", "look_on", "promised_on", "lane",
]  # fmt: skip
LEGAL = ["statutory", "target", "ref", "name", "case_id", "restricted", "team", "worker", "workflow", "listed"]
NAMES = ("kind", "stage", "nation", "reason", "reason_class", "waiting", "waits", "lane")


def upgrade() -> None:
    op.create_table(
        "kept",
        sa.Column("what", WORDS, nullable=False),
        sa.Column("item", WORDS, nullable=False),
        sa.Column("owner", WORDS, nullable=False),
        sa.Column("body", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("what", "item", name="pk_kept"),
    )
    _expectations()


def _expectations() -> None:
    for name in NAMES:
        op.add_column("expectation", sa.Column(name, WORDS, nullable=False, server_default=""))
    op.add_column("expectation", sa.Column("opened", sa.Date(), nullable=False, server_default="0001-01-01"))
    op.add_column("expectation", sa.Column("imported", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("expectation", sa.Column("untold_from", sa.Date(), nullable=True))
    op.add_column("expectation", sa.Column("look_on", sa.Date(), nullable=True))
    op.add_column("expectation", sa.Column("statutory", sa.Date(), nullable=True))
    # One more open standing: every rank kept after it, and "nothing ran", moves down one place.
    op.execute("UPDATE case_file SET settled = settled + 1")
    listed, legal = sa.text("listed"), sa.text("listed AND statutory IS NOT NULL")
    if op.get_bind().dialect.name == "sqlite":
        op.drop_index("ix_expectation_beyond")
        wide = [*VIEWS, "waiting", "waits", "search"]
        op.create_index("ix_expectation_beyond", "expectation", [*BEYOND, "search"], sqlite_where=listed)
        op.create_index("ix_expectation_views", "expectation", wide, sqlite_where=listed)
        op.create_index("ix_expectation_legal", "expectation", [*LEGAL, "search"], sqlite_where=legal)
    else:
        op.drop_index("ix_expectation_beyond_slim")
        op.create_index("ix_expectation_beyond_slim", "expectation", BEYOND, postgresql_where=listed)
        op.create_index("ix_expectation_views_slim", "expectation", VIEWS, postgresql_where=listed)
        op.create_index("ix_expectation_legal_slim", "expectation", LEGAL, postgresql_where=legal)
