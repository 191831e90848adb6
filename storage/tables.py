"""The tables, as SQLModel classes: the schema that migrations, tests and the compiled statements all come from.

No relationships and no enums: rows are read as columns and become plain dataclasses. A day is a `date`; an
instant is the text the chain holds, so that every store keeps the same letters.
"""

from datetime import date

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, MetaData, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

# Sorted and compared letter by letter everywhere, never by the rules of the server's language.
WORDS = Text().with_variant(Text(collation="C"), "postgresql")
# SQLite's own row number, which only a column declared INTEGER becomes.
PLACE = BigInteger().with_variant(Integer(), "sqlite")


class Table(SQLModel):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class StoreRow(Table, table=True):
    """One row: what this store is."""

    __tablename__ = "store_info"
    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    store: str = Field(sa_type=WORDS)
    practice: bool
    nation: str = Field(sa_type=WORDS)


class JournalRow(Table, table=True):
    """The chain. Nothing here names anybody; nothing here is ever altered."""

    __tablename__ = "journal"
    __table_args__ = (UniqueConstraint("stream", "number"),)
    seq: int = Field(sa_column=Column(PLACE, primary_key=True, autoincrement=False))
    stream: str = Field(sa_type=WORDS)
    number: int
    kind: str = Field(sa_type=WORDS)
    day: date
    recorded_at: str = Field(sa_type=WORDS)
    actor: str = Field(sa_type=WORDS)
    acting_as: str = Field(sa_type=WORDS)
    commitment: str = Field(sa_type=WORDS)
    prev: str = Field(sa_type=WORDS)
    hash: str = Field(sa_type=WORDS, unique=True)


class JournalBody(Table, table=True):
    """What the entries say, apart from the chain so that it can be disposed of (both columns NULL)."""

    __tablename__ = "journal_body"
    seq: int = Field(sa_column=Column(PLACE, ForeignKey("journal.seq"), primary_key=True, autoincrement=False))
    salt: str | None = Field(sa_type=WORDS)
    body: str | None = Field(sa_type=WORDS)


class JournalHead(Table, table=True):
    """One row, locked by whoever appends."""

    __tablename__ = "journal_head"
    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    seq: int = Field(sa_type=PLACE)
    hash: str = Field(sa_type=WORDS)


# What lists are read from without touching a table. `listed` is in two of them although it is true of every
# row there: otherwise SQLite looks it up in the table each time.
SETTLED = ("settled", "ref", "id", "restricted", "running")
DONE = text("NOT running")
OPENED = ("opened", "ref", "id", "restricted", "worker", "team")
URGENT = ("target", "ref", "name", "case_id", "restricted", "team", "worker", "workflow", "listed")
BEYOND = ("word", "beyond_after", "ref", "name", "case_id", "restricted", "target", "live_until", "measured",
          "asks_from", "next_checkpoint", "team", "worker", "workflow", "listed", "statutory")  # fmt: skip
# What saved views narrow by and group by, in an index of its own: the wider one would slow the plain register.
VIEWS = (*BEYOND, "kind", "stage", "opened", "started", "agreed", "nation", "imported", "reason", "reason_class",
         "untold_from", "look_on", "promised_on", "lane")  # fmt: skip
# Hardly ever anything: few times are set by law, and few workflows have one.
LEGAL = ("statutory", "target", "ref", "name", "case_id", "restricted", "team", "worker", "workflow", "listed")


def _covering(name: str, columns: tuple[str, ...], where: str | None = None) -> tuple[Index, Index]:
    # PostgreSQL refuses an index row of more than 2.7 kB, which a title and many children may reach.
    only = None if where is None else text(where)
    wide = ("waiting", "waits", "search") if columns is VIEWS else ("search",)
    return (
        Index(name, *columns, *wide, sqlite_where=only).ddl_if(dialect="sqlite"),
        Index(f"{name}_slim", *columns, postgresql_where=only).ddl_if(dialect="postgresql"),
    )


class CaseFile(Table, table=True):
    """A case as lists show it. Slim: the folded case itself is in `case_snapshot`.

    running  whether an expectation on the register is open
    settled  where none is: the rank of the done standing of most concern, 15 where nothing ran
    search   what text is looked for in, case folded
    """

    __tablename__ = "case_file"
    __table_args__ = (
        *_covering("ix_case_file_opened", OPENED),
        Index("ix_case_file_settled", *SETTLED, sqlite_where=DONE, postgresql_where=DONE),
    )
    id: str = Field(sa_type=WORDS, primary_key=True)
    ref: str = Field(sa_type=WORDS, unique=True)
    title: str = Field(sa_type=WORDS)
    workflow: str = Field(sa_type=WORDS)
    version: str = Field(sa_type=WORDS)
    hash: str = Field(sa_type=WORDS)
    nation: str = Field(sa_type=WORDS)
    kind: str = Field(sa_type=WORDS)
    stage: str = Field(sa_type=WORDS)
    stage_title: str = Field(sa_type=WORDS)
    opened: date
    closed: date | None
    worker: str | None = Field(sa_type=WORDS, index=True)
    team: str | None = Field(sa_type=WORDS, index=True)
    restricted: bool
    imported: bool
    import_key: str | None = Field(sa_type=WORDS, unique=True)
    number: int
    running: bool
    settled: int
    search: str = Field(sa_type=WORDS)


class CaseSnapshot(Table, table=True):
    """The folded case, kept away from the lists because it is many times their size."""

    __tablename__ = "case_snapshot"
    case_id: str = Field(sa_column=Column(WORDS, ForeignKey("case_file.id"), primary_key=True))
    snapshot: str = Field(sa_type=WORDS)


class ExpectationRow(Table, table=True):
    """One expectation of a case: dates and codes from which its standing on a day follows.

    listed           on the register and still open: the only rows the register's indexes hold
    ref to imported  copied from the case, so that the register is read from an index alone
    waits            `waiting` case folded, to be looked in
    """

    __tablename__ = "expectation"
    __table_args__ = (
        *_covering("ix_expectation_urgent", URGENT, "listed"),
        *_covering("ix_expectation_beyond", BEYOND, "listed"),
        *_covering("ix_expectation_views", VIEWS, "listed"),
        *_covering("ix_expectation_legal", LEGAL, "listed AND statutory IS NOT NULL"),
    )
    case_id: str = Field(sa_column=Column(WORDS, ForeignKey("case_file.id"), primary_key=True))
    name: str = Field(sa_type=WORDS, primary_key=True)
    place: int
    title: str = Field(sa_type=WORDS)
    on_register: bool
    started: date
    ended: date | None
    done: str | None = Field(sa_type=WORDS)
    indicative: date | None
    asks_from: date | None
    agreed: date | None
    measured: date | None
    beyond_after: date | None
    target: date | None
    next_checkpoint: date | None
    word: str = Field(sa_type=WORDS)
    live_until: date | None
    promised_on: date | None
    details: str = Field(sa_type=WORDS)
    listed: bool
    ref: str = Field(sa_type=WORDS)
    restricted: bool
    team: str | None = Field(sa_type=WORDS)
    worker: str | None = Field(sa_type=WORDS)
    workflow: str = Field(sa_type=WORDS)
    search: str = Field(sa_type=WORDS)
    kind: str = Field(sa_type=WORDS)
    stage: str = Field(sa_type=WORDS)
    opened: date
    nation: str = Field(sa_type=WORDS)
    imported: bool
    reason: str = Field(sa_type=WORDS)
    reason_class: str = Field(sa_type=WORDS)
    waiting: str = Field(sa_type=WORDS)
    waits: str = Field(sa_type=WORDS)
    untold_from: date | None
    look_on: date | None
    lane: str = Field(sa_type=WORDS)
    statutory: date | None


class AccessRow(Table, table=True):
    """Who may know of a restricted case (`admitted`), and who may not know of a case at all (`walled`).

    `appointed`: who was appointed to a role on it, until that is ended; it lets nobody in.
    """

    __tablename__ = "access"
    person_id: str = Field(sa_type=WORDS, primary_key=True)
    kind: str = Field(sa_type=WORDS, primary_key=True)
    case_id: str = Field(sa_column=Column(WORDS, ForeignKey("case_file.id"), primary_key=True, index=True))


class CaseChild(Table, table=True):
    __tablename__ = "case_child"
    case_id: str = Field(sa_column=Column(WORDS, ForeignKey("case_file.id"), primary_key=True))
    child_id: str = Field(sa_type=WORDS, primary_key=True, index=True)


class Record(Table, table=True):
    """A record as it stands after its corrections."""

    __tablename__ = "record"
    case_id: str = Field(sa_type=WORDS, primary_key=True)
    number: int = Field(primary_key=True)
    kind: str = Field(sa_type=WORDS)
    day: date
    author: str = Field(sa_type=WORDS)
    author_name: str = Field(sa_type=WORDS)
    recorded_at: str = Field(sa_type=WORDS)
    fields: str = Field(sa_type=WORDS)
    withdrawn: bool
    corrected: int


class PersonRow(Table, table=True):
    __tablename__ = "person"
    id: str = Field(sa_type=WORDS, primary_key=True)
    name: str = Field(sa_type=WORDS)
    login: str = Field(sa_type=WORDS)
    gone: bool
    folded: str = Field(sa_type=WORDS)


class OfficeRow(Table, table=True):
    __tablename__ = "office"
    person_id: str = Field(sa_column=Column(WORDS, ForeignKey("person.id"), primary_key=True))
    office: str = Field(sa_type=WORDS, primary_key=True)
    team: str = Field(sa_type=WORDS, primary_key=True)
    since: date | None
    until: date | None


class TeamRow(Table, table=True):
    __tablename__ = "team"
    id: str = Field(sa_type=WORDS, primary_key=True)
    name: str = Field(sa_type=WORDS)
    folded: str = Field(sa_type=WORDS)


class ClosureRow(Table, table=True):
    __tablename__ = "closure"
    team: str = Field(sa_type=WORDS, primary_key=True)
    day: date = Field(primary_key=True)
    name: str = Field(sa_type=WORDS)


class ChildRow(Table, table=True):
    __tablename__ = "child"
    id: str = Field(sa_type=WORDS, primary_key=True)
    family: str = Field(sa_type=WORDS, index=True)
    details: str = Field(sa_type=WORDS)


class KeptRow(Table, table=True):
    """What is kept for the whole authority: saved views, blockages, stories on charts and the like."""

    __tablename__ = "kept"
    what: str = Field(sa_type=WORDS, primary_key=True)
    item: str = Field(sa_type=WORDS, primary_key=True)
    owner: str = Field(sa_type=WORDS)
    body: str = Field(sa_type=WORDS)


class DefinitionRow(Table, table=True):
    """A workflow as kept. The text is in no journal, so this table is never dropped and folded again.

    journalled  whether a fact of the registry names it; text is NULL until it was kept
    """

    __tablename__ = "definition"
    hash: str = Field(sa_type=WORDS, primary_key=True)
    name: str = Field(sa_type=WORDS)
    version: str = Field(sa_type=WORDS)
    text: str | None = Field(sa_type=WORDS)
    journalled: bool
