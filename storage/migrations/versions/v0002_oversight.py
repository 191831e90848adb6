"""What oversight keeps for the whole authority; what is folded of cases is made again afterwards."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "kept",
        sa.Column("what", WORDS, nullable=False),
        sa.Column("item", WORDS, nullable=False),
        sa.Column("owner", WORDS, nullable=False),
        sa.Column("body", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("what", "item", name="pk_kept"),
    )
