-- What was ever saved under a name, so that a definition can be looked at as it was and restored. A deletion is a
-- version as well: it carries the definition that was deleted. Who saved the first versions here was not recorded.

CREATE TABLE segment_version (
    name VARCHAR NOT NULL,
    version_no INTEGER NOT NULL,
    event VARCHAR NOT NULL,
    restored_no INTEGER,
    definition VARCHAR NOT NULL,
    definition_hash VARCHAR NOT NULL,
    saved_at TIMESTAMP NOT NULL,
    saved_by VARCHAR
);

INSERT INTO segment_version
SELECT name, 1, 'saved', NULL, definition, definition_hash, saved_at, NULL FROM segment;
