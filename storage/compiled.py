"""Statements and column lists of every table. Written by `python -m storage.compile`: do not edit."""

COLUMNS: dict[str, str] = {
    "access": ("person_id, kind, case_id"),
    "case_child": ("case_id, child_id"),
    "case_file": (
        "id, ref, title, workflow, version, hash, nation, kind, stage, stage_title, opened, closed, "
        "worker, team, restricted, imported, import_key, number, running, settled, search"
    ),
    "case_snapshot": ("case_id, snapshot"),
    "child": ("id, family, details"),
    "closure": ("team, day, name"),
    "definition": ("hash, name, version, text, journalled"),
    "expectation": (
        "case_id, name, place, title, on_register, started, ended, done, indicative, asks_from, agreed, "
        "measured, beyond_after, target, next_checkpoint, word, live_until, promised_on, details, "
        "listed, ref, restricted, team, worker, workflow, search"
    ),
    "journal": ("seq, stream, number, kind, day, recorded_at, actor, acting_as, commitment, prev, hash"),
    "journal_body": ("seq, salt, body"),
    "journal_head": ("id, seq, hash"),
    "office": ("person_id, office, team, since, until"),
    "person": ("id, name, login, gone, folded"),
    "record": ("case_id, number, kind, day, author, author_name, recorded_at, fields, withdrawn, corrected"),
    "store_info": ("id, store, practice, nation"),
    "team": ("id, name, folded"),
}

INSERT: dict[str, str] = {
    "access": ("INSERT INTO access (person_id, kind, case_id) VALUES (?, ?, ?)"),
    "case_child": ("INSERT INTO case_child (case_id, child_id) VALUES (?, ?)"),
    "case_file": (
        "INSERT INTO case_file (id, ref, title, workflow, version, hash, nation, kind, stage, "
        "stage_title, opened, closed, worker, team, restricted, imported, import_key, number, running, "
        "settled, search) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    ),
    "case_snapshot": ("INSERT INTO case_snapshot (case_id, snapshot) VALUES (?, ?)"),
    "child": ("INSERT INTO child (id, family, details) VALUES (?, ?, ?)"),
    "closure": ("INSERT INTO closure (team, day, name) VALUES (?, ?, ?)"),
    "definition": ("INSERT INTO definition (hash, name, version, text, journalled) VALUES (?, ?, ?, ?, ?)"),
    "expectation": (
        "INSERT INTO expectation (case_id, name, place, title, on_register, started, ended, done, "
        "indicative, asks_from, agreed, measured, beyond_after, target, next_checkpoint, word, "
        "live_until, promised_on, details, listed, ref, restricted, team, worker, workflow, search) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    ),
    "journal": (
        "INSERT INTO journal (seq, stream, number, kind, day, recorded_at, actor, acting_as, commitment, "
        "prev, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    ),
    "journal_body": ("INSERT INTO journal_body (seq, salt, body) VALUES (?, ?, ?)"),
    "journal_head": ("INSERT INTO journal_head (id, seq, hash) VALUES (?, ?, ?)"),
    "office": ("INSERT INTO office (person_id, office, team, since, until) VALUES (?, ?, ?, ?, ?)"),
    "person": ("INSERT INTO person (id, name, login, gone, folded) VALUES (?, ?, ?, ?, ?)"),
    "record": (
        "INSERT INTO record (case_id, number, kind, day, author, author_name, recorded_at, fields, "
        "withdrawn, corrected) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    ),
    "store_info": ("INSERT INTO store_info (id, store, practice, nation) VALUES (?, ?, ?, ?)"),
    "team": ("INSERT INTO team (id, name, folded) VALUES (?, ?, ?)"),
}

UPSERT: dict[str, str] = {
    "access": (
        "INSERT INTO access (person_id, kind, case_id) VALUES (?, ?, ?) ON CONFLICT (person_id, kind, "
        "case_id) DO NOTHING"
    ),
    "case_child": (
        "INSERT INTO case_child (case_id, child_id) VALUES (?, ?) ON CONFLICT (case_id, child_id) DO NOTHING"
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
        "live_until, promised_on, details, listed, ref, restricted, team, worker, workflow, search) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON "
        "CONFLICT (case_id, name) DO UPDATE SET place = excluded.place, title = excluded.title, "
        "on_register = excluded.on_register, started = excluded.started, ended = excluded.ended, done = "
        "excluded.done, indicative = excluded.indicative, asks_from = excluded.asks_from, agreed = "
        "excluded.agreed, measured = excluded.measured, beyond_after = excluded.beyond_after, target = "
        "excluded.target, next_checkpoint = excluded.next_checkpoint, word = excluded.word, live_until = "
        "excluded.live_until, promised_on = excluded.promised_on, details = excluded.details, listed = "
        "excluded.listed, ref = excluded.ref, restricted = excluded.restricted, team = excluded.team, "
        "worker = excluded.worker, workflow = excluded.workflow, search = excluded.search"
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
