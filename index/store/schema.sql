-- The tables of a library, version 1. SQLite is the truth; the full-text index is made from it.
-- Dates are ISO text; places are code points into body.text; lists are JSON.

CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE document(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  file TEXT NOT NULL,
  part INTEGER NOT NULL DEFAULT 0,
  title TEXT, outlet TEXT, author TEXT,
  published_earliest TEXT, published_latest TEXT, published_precision TEXT, published_rule TEXT,
  published_certainty REAL, published_start INTEGER, published_end INTEGER,
  dates TEXT NOT NULL DEFAULT '[]',
  url TEXT, language TEXT,
  digest TEXT NOT NULL,
  original TEXT, original_digest TEXT,
  actor TEXT,
  attributes TEXT NOT NULL DEFAULT '{}',
  duplicate_of INTEGER REFERENCES document(id) ON DELETE SET NULL,
  problem TEXT,
  fixed TEXT NOT NULL DEFAULT '',
  rules TEXT NOT NULL DEFAULT '',
  added TEXT NOT NULL
);
CREATE INDEX document_digest ON document(digest);
CREATE INDEX document_original ON document(original_digest, part);
CREATE INDEX document_published ON document(published_latest);

-- The text stands apart so that lists of documents never read it.
CREATE TABLE body(
  document_id INTEGER PRIMARY KEY REFERENCES document(id) ON DELETE CASCADE,
  text TEXT NOT NULL
);

-- Near-duplicates: the bands of each text's MinHash signature; texts that share one are compared word by word.
CREATE TABLE band(
  value INTEGER NOT NULL,
  document_id INTEGER NOT NULL REFERENCES document(id) ON DELETE CASCADE,
  PRIMARY KEY(value, document_id)
) WITHOUT ROWID;
CREATE INDEX band_document ON band(document_id);

CREATE TABLE actor(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  kind TEXT NOT NULL DEFAULT 'unknown',
  note TEXT NOT NULL DEFAULT ''
);

-- Every name an actor goes by, its own included; key is the folded form that links automatically.
CREATE TABLE alias(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  actor_id INTEGER NOT NULL REFERENCES actor(id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  key TEXT NOT NULL,
  by_hand INTEGER NOT NULL DEFAULT 0,
  UNIQUE(actor_id, name)
);
CREATE INDEX alias_key ON alias(key);

-- A role as printed in a document (its date is the document's), or entered by hand with its own dates.
CREATE TABLE role(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  actor_id INTEGER NOT NULL REFERENCES actor(id) ON DELETE CASCADE,
  title TEXT NOT NULL,
  document_id INTEGER REFERENCES document(id) ON DELETE CASCADE,
  earliest TEXT, latest TEXT
);
CREATE INDEX role_actor ON role(actor_id);
CREATE INDEX role_document ON role(document_id);

CREATE TABLE utterance(id INTEGER PRIMARY KEY AUTOINCREMENT);

CREATE TABLE statement(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  document_id INTEGER NOT NULL REFERENCES document(id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  kind TEXT NOT NULL,
  content TEXT NOT NULL,
  text TEXT NOT NULL,
  first INTEGER NOT NULL, last INTEGER NOT NULL,
  speaker_start INTEGER, speaker_end INTEGER,
  cue_start INTEGER, cue_end INTEGER,
  addressee_start INTEGER, addressee_end INTEGER,
  actor_id INTEGER REFERENCES actor(id) ON DELETE SET NULL,
  actor_rule TEXT NOT NULL DEFAULT '',
  role TEXT,
  said_earliest TEXT, said_latest TEXT, said_precision TEXT, said_rule TEXT,
  said_certainty REAL, said_start INTEGER, said_end INTEGER,
  via TEXT NOT NULL DEFAULT '[]',
  parent_id INTEGER REFERENCES statement(id) ON DELETE SET NULL,
  utterance_id INTEGER REFERENCES utterance(id) ON DELETE SET NULL,
  rule TEXT NOT NULL DEFAULT '',
  certainty REAL NOT NULL DEFAULT 1,
  status TEXT NOT NULL DEFAULT 'found',
  fixed TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '',
  UNIQUE(document_id, number)
);
CREATE INDEX statement_actor ON statement(actor_id, said_latest);
CREATE INDEX statement_utterance ON statement(utterance_id);
CREATE INDEX statement_said ON statement(said_latest);
CREATE INDEX statement_parent ON statement(parent_id);

-- What a person decided about two statements: "linked" (one utterance) or "cut" (not one).
CREATE TABLE judgement(
  a INTEGER NOT NULL REFERENCES statement(id) ON DELETE CASCADE,
  b INTEGER NOT NULL REFERENCES statement(id) ON DELETE CASCADE,
  verdict TEXT NOT NULL,
  PRIMARY KEY(a, b)
);
CREATE INDEX judgement_b ON judgement(b);

CREATE TABLE issue(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  low TEXT NOT NULL, high TEXT NOT NULL,
  query TEXT NOT NULL DEFAULT '',
  question TEXT NOT NULL DEFAULT '',
  low_definition TEXT NOT NULL DEFAULT '', high_definition TEXT NOT NULL DEFAULT '',
  low_examples TEXT NOT NULL DEFAULT '[]', high_examples TEXT NOT NULL DEFAULT '[]',
  seed_words TEXT NOT NULL DEFAULT '[]',
  lowest REAL NOT NULL DEFAULT -2, highest REAL NOT NULL DEFAULT 2,
  version INTEGER NOT NULL DEFAULT 1
);

-- Earlier definitions, so that old codes can be read by the definition they were made under.
CREATE TABLE issue_version(
  issue_id INTEGER NOT NULL REFERENCES issue(id) ON DELETE CASCADE,
  version INTEGER NOT NULL,
  definition TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY(issue_id, version)
);

-- Append-only: the newest code of a coder for a statement and issue counts. value NULL: not about this issue.
CREATE TABLE code(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  statement_id INTEGER NOT NULL REFERENCES statement(id) ON DELETE CASCADE,
  issue_id INTEGER NOT NULL REFERENCES issue(id) ON DELETE CASCADE,
  issue_version INTEGER NOT NULL,
  value REAL,
  coder TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '',
  at TEXT NOT NULL,
  suggestion_seen INTEGER NOT NULL DEFAULT 0,
  recode INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX code_issue ON code(issue_id, statement_id);
CREATE INDEX code_statement ON code(statement_id);

CREATE TABLE event(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  earliest TEXT NOT NULL, latest TEXT NOT NULL, label TEXT NOT NULL
);

CREATE TABLE saved_search(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  query TEXT NOT NULL,
  unit TEXT NOT NULL DEFAULT 'statements',
  options TEXT NOT NULL DEFAULT '{}',
  alert INTEGER NOT NULL DEFAULT 0,
  seen TEXT NOT NULL DEFAULT '[]',
  added TEXT NOT NULL
);

CREATE TABLE search_history(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  query TEXT NOT NULL, unit TEXT NOT NULL, at TEXT NOT NULL, total INTEGER NOT NULL
);

-- What became of every file of every import, failed ones included: nothing vanishes.
CREATE TABLE import_result(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  file TEXT NOT NULL,
  original_digest TEXT,
  status TEXT NOT NULL,
  document_id INTEGER REFERENCES document(id) ON DELETE SET NULL,
  duplicate_of INTEGER REFERENCES document(id) ON DELETE SET NULL,
  problem TEXT,
  detail TEXT NOT NULL DEFAULT '',
  at TEXT NOT NULL
);
CREATE INDEX import_result_digest ON import_result(original_digest);
CREATE INDEX import_result_document ON import_result(document_id);

-- Library-wide choices: split rules, column mappings, watched folders, watch phrases (JSON values).
CREATE TABLE setting(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- The journal: one entry per act of a user, one step per row it changed; undo and redo replay the steps.
CREATE TABLE journal(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  label TEXT NOT NULL,
  at TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'done'
);
CREATE TABLE journal_step(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  entry_id INTEGER NOT NULL REFERENCES journal(id) ON DELETE CASCADE,
  tbl TEXT NOT NULL,
  op TEXT NOT NULL,
  before TEXT,
  after TEXT
);
CREATE INDEX journal_step_entry ON journal_step(entry_id);

-- Rows whose full text the index does not hold yet; only `sync` empties it. A row that changes again gets a new, higher
-- seq, so what changed while `sync` was writing stays stale.
CREATE TABLE stale(
  seq INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, id INTEGER NOT NULL, UNIQUE(kind, id)
);

CREATE TRIGGER stale_statement_new AFTER INSERT ON statement BEGIN
  DELETE FROM stale WHERE kind='statement' AND id=new.id;
  INSERT INTO stale(kind, id) VALUES('statement', new.id); END;
CREATE TRIGGER stale_statement_text AFTER UPDATE OF text ON statement BEGIN
  DELETE FROM stale WHERE kind='statement' AND id=new.id;
  INSERT INTO stale(kind, id) VALUES('statement', new.id); END;
CREATE TRIGGER stale_statement_gone AFTER DELETE ON statement BEGIN
  DELETE FROM stale WHERE kind='statement' AND id=old.id;
  INSERT INTO stale(kind, id) VALUES('statement', old.id); END;
CREATE TRIGGER stale_document_new AFTER INSERT ON document BEGIN
  DELETE FROM stale WHERE kind='document' AND id=new.id;
  INSERT INTO stale(kind, id) VALUES('document', new.id); END;
CREATE TRIGGER stale_document_text AFTER UPDATE OF title ON document BEGIN
  DELETE FROM stale WHERE kind='document' AND id=new.id;
  INSERT INTO stale(kind, id) VALUES('document', new.id); END;
CREATE TRIGGER stale_document_gone AFTER DELETE ON document BEGIN
  DELETE FROM stale WHERE kind='document' AND id=old.id;
  INSERT INTO stale(kind, id) VALUES('document', old.id); END;
