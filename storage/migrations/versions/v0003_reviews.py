"""More is folded of each case: answers that later requirements go by, and whether what is published was looked through.

Who was appointed to a case is kept beside who may know of it. No table changes. The new number makes an older store
say that it wants upgrading, which folds every case again.
"""

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
