"""Statements and column lists of every table. Written by `python -m storage.compile`: do not edit."""

COLUMNS: dict[str, str] = {
    "access": (
        "person_id, kind, case_id"
    ),
    "case_child": (
        "case_id, child_id"
    ),
    "case_file": (
        "id, ref, title, workflow, version, hash, nation, kind, stage, stage_title, opened, closed, "
        "worker, team, restricted, imported, import_key, number, running, settled, search"
    ),
    "case_snapshot": (
        "case_id, snapshot"
    ),
    "child": (
        "id, family, details"
    ),
    "closure": (
        "team, day, name"
    ),
    "definition": (
        "hash, name, version, text, journalled"
    ),
    "expectation": (
        "case_id, name, place, title, on_register, started, ended, done, indicative, asks_from, agreed, "
        "measured, beyond_after, target, next_checkpoint, word, live_until, promised_on, details, "
        "listed, ref, restricted, team, worker, workflow, search, kind, stage, opened, nation, imported, "
        "reason, reason_class, waiting, waits, untold_from, look_on, lane, statutory"
    ),
    "journal": (
        "seq, stream, number, kind, day, recorded_at, actor, acting_as, commitment, prev, hash"
    ),
    "journal_body": (
        "seq, salt, body"
    ),
    "journal_head": (
        "id, seq, hash"
    ),
    "kept": (
        "what, item, owner, body"
    ),
    "office": (
        "person_id, office, team, since, until"
    ),
    "person": (
        "id, name, login, gone, folded"
    ),
    "record": (
        "case_id, number, kind, day, author, author_name, recorded_at, fields, withdrawn, corrected"
    ),
    "store_info": (
        "id, store, practice, nation"
    ),
    "team": (
        "id, name, folded"
    ),
}

INSERT: dict[str, str] = {
    "access": (
        "INSERT INTO access (person_id, kind, case_id) VALUES (?, ?, ?)"
    ),
    "case_child": (
        "INSERT INTO case_child (case_id, child_id) VALUES (?, ?)"
    ),
    "case_file": (
        "INSERT INTO case_file (id, ref, title, workflow, version, hash, nation, kind, stage, "
        "stage_title, opened, closed, worker, team, restricted, imported, import_key, number, running, "
        "settled, search) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    ),
    "case_snapshot": (
        "INSERT INTO case_snapshot (case_id, snapshot) VALUES (?, ?)"
    ),
    "child": (
        "INSERT INTO child (id, family, details) VALUES (?, ?, ?)"
    ),
    "closure": (
        "INSERT INTO closure (team, day, name) VALUES (?, ?, ?)"
    ),
    "definition": (
        "INSERT INTO definition (hash, name, version, text, journalled) VALUES (?, ?, ?, ?, ?)"
    ),
    "expectation": (
        "INSERT INTO expectation (case_id, name, place, title, on_register, started, ended, done, "
        "indicative, asks_from, agreed, measured, beyond_after, target, next_checkpoint, word, "
        "live_until, promised_on, details, listed, ref, restricted, team, worker, workflow, search, "
        "kind, stage, opened, nation, imported, reason, reason_class, waiting, waits, untold_from, "
        "look_on, lane, statutory) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
        "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    ),
    "journal": (
        "INSERT INTO journal (seq, stream, number, kind, day, recorded_at, actor, acting_as, commitment, "
        "prev, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    ),
    "journal_body": (
        "INSERT INTO journal_body (seq, salt, body) VALUES (?, ?, ?)"
    ),
    "journal_head": (
        "INSERT INTO journal_head (id, seq, hash) VALUES (?, ?, ?)"
    ),
    "kept": (
        "INSERT INTO kept (what, item, owner, body) VALUES (?, ?, ?, ?)"
    ),
    "office": (
        "INSERT INTO office (person_id, office, team, since, until) VALUES (?, ?, ?, ?, ?)"
    ),
    "person": (
        "INSERT INTO person (id, name, login, gone, folded) VALUES (?, ?, ?, ?, ?)"
    ),
    "record": (
        "INSERT INTO record (case_id, number, kind, day, author, author_name, recorded_at, fields, "
        "withdrawn, corrected) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    ),
    "store_info": (
        "INSERT INTO store_info (id, store, practice, nation) VALUES (?, ?, ?, ?)"
    ),
    "team": (
        "INSERT INTO team (id, name, folded) VALUES (?, ?, ?)"
    ),
}

UPSERT: dict[str, str] = {
    "access": (
        "INSERT INTO access (person_id, kind, case_id) VALUES (?, ?, ?) ON CONFLICT (person_id, kind, "
        "case_id) DO NOTHING"
    ),
    "case_child": (
        "INSERT INTO case_child (case_id, child_id) VALUES (?, ?) ON CONFLICT (case_id, child_id) DO "
        "NOTHING"
    ),
    "case_file": (
        "INSERT INTO case_file (id, ref, title, workflow, version, hash, nation, kind, stage, "
        "stage_title, opened, closed, worker, team, restricted, imported, import_key, number, running, "
        "settled, search) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON "
        "CONFLICT (id) DO UPDATE SET ref = excluded.ref, title = excluded.title, workflow = "
        "excluded.workflow, version = excluded.version, hash = excluded.hash, nation = excluded.nation, "
        "kind = excluded.kind, stage = excluded.stage, stage_title = excluded.stage_title, opened = "
        "excluded.opened, closed = excluded.closed, worker = excluded.worker, team = excluded.team, "
        "restricted = excluded.restricted, imported = excluded.imported, import_key = "
        "excluded.import_key, number = excluded.number, running = excluded.running, settled = "
        "excluded.settled, search = excluded.search"
    ),
    "case_snapshot": (
        "INSERT INTO case_snapshot (case_id, snapshot) VALUES (?, ?) ON CONFLICT (case_id) DO UPDATE SET "
        "snapshot = excluded.snapshot"
    ),
    "child": (
        "INSERT INTO child (id, family, details) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET family "
        "= excluded.family, details = excluded.details"
    ),
    "closure": (
        "INSERT INTO closure (team, day, name) VALUES (?, ?, ?) ON CONFLICT (team, day) DO UPDATE SET "
        "name = excluded.name"
    ),
    "definition": (
        "INSERT INTO definition (hash, name, version, text, journalled) VALUES (?, ?, ?, ?, ?) ON "
        "CONFLICT (hash) DO UPDATE SET name = excluded.name, version = excluded.version, text = "
        "excluded.text, journalled = excluded.journalled"
    ),
    "expectation": (
        "INSERT INTO expectation (case_id, name, place, title, on_register, started, ended, done, "
        "indicative, asks_from, agreed, measured, beyond_after, target, next_checkpoint, word, "
        "live_until, promised_on, details, listed, ref, restricted, team, worker, workflow, search, "
        "kind, stage, opened, nation, imported, reason, reason_class, waiting, waits, untold_from, "
        "look_on, lane, statutory) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
        "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (case_id, name) DO UPDATE "
        "SET place = excluded.place, title = excluded.title, on_register = excluded.on_register, started "
        "= excluded.started, ended = excluded.ended, done = excluded.done, indicative = "
        "excluded.indicative, asks_from = excluded.asks_from, agreed = excluded.agreed, measured = "
        "excluded.measured, beyond_after = excluded.beyond_after, target = excluded.target, "
        "next_checkpoint = excluded.next_checkpoint, word = excluded.word, live_until = "
        "excluded.live_until, promised_on = excluded.promised_on, details = excluded.details, listed = "
        "excluded.listed, ref = excluded.ref, restricted = excluded.restricted, team = excluded.team, "
        "worker = excluded.worker, workflow = excluded.workflow, search = excluded.search, kind = "
        "excluded.kind, stage = excluded.stage, opened = excluded.opened, nation = excluded.nation, "
        "imported = excluded.imported, reason = excluded.reason, reason_class = excluded.reason_class, "
        "waiting = excluded.waiting, waits = excluded.waits, untold_from = excluded.untold_from, look_on "
        "= excluded.look_on, lane = excluded.lane, statutory = excluded.statutory"
    ),
    "journal": (
        "INSERT INTO journal (seq, stream, number, kind, day, recorded_at, actor, acting_as, commitment, "
        "prev, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (seq) DO UPDATE SET stream = "
        "excluded.stream, number = excluded.number, kind = excluded.kind, day = excluded.day, "
        "recorded_at = excluded.recorded_at, actor = excluded.actor, acting_as = excluded.acting_as, "
        "commitment = excluded.commitment, prev = excluded.prev, hash = excluded.hash"
    ),
    "journal_body": (
        "INSERT INTO journal_body (seq, salt, body) VALUES (?, ?, ?) ON CONFLICT (seq) DO UPDATE SET "
        "salt = excluded.salt, body = excluded.body"
    ),
    "journal_head": (
        "INSERT INTO journal_head (id, seq, hash) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET seq = "
        "excluded.seq, hash = excluded.hash"
    ),
    "kept": (
        "INSERT INTO kept (what, item, owner, body) VALUES (?, ?, ?, ?) ON CONFLICT (what, item) DO "
        "UPDATE SET owner = excluded.owner, body = excluded.body"
    ),
    "office": (
        "INSERT INTO office (person_id, office, team, since, until) VALUES (?, ?, ?, ?, ?) ON CONFLICT "
        "(person_id, office, team) DO UPDATE SET since = excluded.since, until = excluded.until"
    ),
    "person": (
        "INSERT INTO person (id, name, login, gone, folded) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO "
        "UPDATE SET name = excluded.name, login = excluded.login, gone = excluded.gone, folded = "
        "excluded.folded"
    ),
    "record": (
        "INSERT INTO record (case_id, number, kind, day, author, author_name, recorded_at, fields, "
        "withdrawn, corrected) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (case_id, number) DO "
        "UPDATE SET kind = excluded.kind, day = excluded.day, author = excluded.author, author_name = "
        "excluded.author_name, recorded_at = excluded.recorded_at, fields = excluded.fields, withdrawn = "
        "excluded.withdrawn, corrected = excluded.corrected"
    ),
    "store_info": (
        "INSERT INTO store_info (id, store, practice, nation) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO "
        "UPDATE SET store = excluded.store, practice = excluded.practice, nation = excluded.nation"
    ),
    "team": (
        "INSERT INTO team (id, name, folded) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET name = "
        "excluded.name, folded = excluded.folded"
    ),
}

SCHEMA: tuple[str, ...] = (
    (
        "CREATE TABLE store_info ( id INTEGER NOT NULL, store TEXT NOT NULL, practice BOOLEAN NOT NULL, "
        "nation TEXT NOT NULL, CONSTRAINT pk_store_info PRIMARY KEY (id) )"
    ),
    (
        "CREATE TABLE journal ( seq INTEGER NOT NULL, stream TEXT NOT NULL, number INTEGER NOT NULL, "
        "kind TEXT NOT NULL, day DATE NOT NULL, recorded_at TEXT NOT NULL, actor TEXT NOT NULL, "
        "acting_as TEXT NOT NULL, commitment TEXT NOT NULL, prev TEXT NOT NULL, hash TEXT NOT NULL, "
        "CONSTRAINT pk_journal PRIMARY KEY (seq), CONSTRAINT uq_journal_stream_number UNIQUE (stream, "
        "number), CONSTRAINT uq_journal_hash UNIQUE (hash) )"
    ),
    (
        "CREATE TABLE journal_head ( id INTEGER NOT NULL, seq INTEGER NOT NULL, hash TEXT NOT NULL, "
        "CONSTRAINT pk_journal_head PRIMARY KEY (id) )"
    ),
    (
        "CREATE TABLE case_file ( id TEXT NOT NULL, ref TEXT NOT NULL, title TEXT NOT NULL, workflow "
        "TEXT NOT NULL, version TEXT NOT NULL, hash TEXT NOT NULL, nation TEXT NOT NULL, kind TEXT NOT "
        "NULL, stage TEXT NOT NULL, stage_title TEXT NOT NULL, opened DATE NOT NULL, closed DATE, worker "
        "TEXT, team TEXT, restricted BOOLEAN NOT NULL, imported BOOLEAN NOT NULL, import_key TEXT, "
        "number INTEGER NOT NULL, running BOOLEAN NOT NULL, settled INTEGER NOT NULL, search TEXT NOT "
        "NULL, CONSTRAINT pk_case_file PRIMARY KEY (id), CONSTRAINT uq_case_file_ref UNIQUE (ref), "
        "CONSTRAINT uq_case_file_import_key UNIQUE (import_key) )"
    ),
    (
        "CREATE TABLE record ( case_id TEXT NOT NULL, number INTEGER NOT NULL, kind TEXT NOT NULL, day "
        "DATE NOT NULL, author TEXT NOT NULL, author_name TEXT NOT NULL, recorded_at TEXT NOT NULL, "
        "fields TEXT NOT NULL, withdrawn BOOLEAN NOT NULL, corrected INTEGER NOT NULL, CONSTRAINT "
        "pk_record PRIMARY KEY (case_id, number) )"
    ),
    (
        "CREATE TABLE person ( id TEXT NOT NULL, name TEXT NOT NULL, login TEXT NOT NULL, gone BOOLEAN "
        "NOT NULL, folded TEXT NOT NULL, CONSTRAINT pk_person PRIMARY KEY (id) )"
    ),
    (
        "CREATE TABLE team ( id TEXT NOT NULL, name TEXT NOT NULL, folded TEXT NOT NULL, CONSTRAINT "
        "pk_team PRIMARY KEY (id) )"
    ),
    (
        "CREATE TABLE closure ( team TEXT NOT NULL, day DATE NOT NULL, name TEXT NOT NULL, CONSTRAINT "
        "pk_closure PRIMARY KEY (team, day) )"
    ),
    (
        "CREATE TABLE child ( id TEXT NOT NULL, family TEXT NOT NULL, details TEXT NOT NULL, CONSTRAINT "
        "pk_child PRIMARY KEY (id) )"
    ),
    (
        "CREATE TABLE kept ( what TEXT NOT NULL, item TEXT NOT NULL, owner TEXT NOT NULL, body TEXT NOT "
        "NULL, CONSTRAINT pk_kept PRIMARY KEY (what, item) )"
    ),
    (
        "CREATE TABLE definition ( hash TEXT NOT NULL, name TEXT NOT NULL, version TEXT NOT NULL, text "
        "TEXT, journalled BOOLEAN NOT NULL, CONSTRAINT pk_definition PRIMARY KEY (hash) )"
    ),
    (
        "CREATE TABLE journal_body ( seq INTEGER NOT NULL, salt TEXT, body TEXT, CONSTRAINT "
        "pk_journal_body PRIMARY KEY (seq), CONSTRAINT fk_journal_body_seq_journal FOREIGN KEY(seq) "
        "REFERENCES journal (seq) )"
    ),
    (
        "CREATE TABLE case_snapshot ( case_id TEXT NOT NULL, snapshot TEXT NOT NULL, CONSTRAINT "
        "pk_case_snapshot PRIMARY KEY (case_id), CONSTRAINT fk_case_snapshot_case_id_case_file FOREIGN "
        "KEY(case_id) REFERENCES case_file (id) )"
    ),
    (
        "CREATE TABLE expectation ( case_id TEXT NOT NULL, name TEXT NOT NULL, place INTEGER NOT NULL, "
        "title TEXT NOT NULL, on_register BOOLEAN NOT NULL, started DATE NOT NULL, ended DATE, done "
        "TEXT, indicative DATE, asks_from DATE, agreed DATE, measured DATE, beyond_after DATE, target "
        "DATE, next_checkpoint DATE, word TEXT NOT NULL, live_until DATE, promised_on DATE, details TEXT "
        "NOT NULL, listed BOOLEAN NOT NULL, ref TEXT NOT NULL, restricted BOOLEAN NOT NULL, team TEXT, "
        "worker TEXT, workflow TEXT NOT NULL, search TEXT NOT NULL, kind TEXT NOT NULL, stage TEXT NOT "
        "NULL, opened DATE NOT NULL, nation TEXT NOT NULL, imported BOOLEAN NOT NULL, reason TEXT NOT "
        "NULL, reason_class TEXT NOT NULL, waiting TEXT NOT NULL, waits TEXT NOT NULL, untold_from DATE, "
        "look_on DATE, lane TEXT NOT NULL, statutory DATE, CONSTRAINT pk_expectation PRIMARY KEY "
        "(case_id, name), CONSTRAINT fk_expectation_case_id_case_file FOREIGN KEY(case_id) REFERENCES "
        "case_file (id) )"
    ),
    (
        "CREATE TABLE access ( person_id TEXT NOT NULL, kind TEXT NOT NULL, case_id TEXT NOT NULL, "
        "CONSTRAINT pk_access PRIMARY KEY (person_id, kind, case_id), CONSTRAINT "
        "fk_access_case_id_case_file FOREIGN KEY(case_id) REFERENCES case_file (id) )"
    ),
    (
        "CREATE TABLE case_child ( case_id TEXT NOT NULL, child_id TEXT NOT NULL, CONSTRAINT "
        "pk_case_child PRIMARY KEY (case_id, child_id), CONSTRAINT fk_case_child_case_id_case_file "
        "FOREIGN KEY(case_id) REFERENCES case_file (id) )"
    ),
    (
        "CREATE TABLE office ( person_id TEXT NOT NULL, office TEXT NOT NULL, team TEXT NOT NULL, since "
        "DATE, until DATE, CONSTRAINT pk_office PRIMARY KEY (person_id, office, team), CONSTRAINT "
        "fk_office_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) )"
    ),
    (
        "CREATE INDEX ix_access_case_id ON access (case_id)"
    ),
    (
        "CREATE INDEX ix_case_child_child_id ON case_child (child_id)"
    ),
    (
        "CREATE INDEX ix_case_file_opened ON case_file (opened, ref, id, restricted, worker, team, "
        "search)"
    ),
    (
        "CREATE INDEX ix_case_file_settled ON case_file (settled, ref, id, restricted, running) WHERE "
        "NOT running"
    ),
    (
        "CREATE INDEX ix_case_file_team ON case_file (team)"
    ),
    (
        "CREATE INDEX ix_case_file_worker ON case_file (worker)"
    ),
    (
        "CREATE INDEX ix_child_family ON child (family)"
    ),
    (
        "CREATE INDEX ix_expectation_beyond ON expectation (word, beyond_after, ref, name, case_id, "
        "restricted, target, live_until, measured, asks_from, next_checkpoint, team, worker, workflow, "
        "listed, statutory, search) WHERE listed"
    ),
    (
        "CREATE INDEX ix_expectation_legal ON expectation (statutory, target, ref, name, case_id, "
        "restricted, team, worker, workflow, listed, search) WHERE listed AND statutory IS NOT NULL"
    ),
    (
        "CREATE INDEX ix_expectation_urgent ON expectation (target, ref, name, case_id, restricted, "
        "team, worker, workflow, listed, search) WHERE listed"
    ),
    (
        "CREATE INDEX ix_expectation_views ON expectation (word, beyond_after, ref, name, case_id, "
        "restricted, target, live_until, measured, asks_from, next_checkpoint, team, worker, workflow, "
        "listed, statutory, kind, stage, opened, started, agreed, nation, imported, reason, "
        "reason_class, untold_from, look_on, promised_on, lane, waiting, waits, search) WHERE listed"
    ),
)
