-- Scores: what was computed of contacts on a day. Each score has a table of its own, scored_<name>, with typed columns
-- and one row for each contact and run, which the loader makes and widens; here stands which there are.

CREATE TABLE score_field (
    score_name VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    type VARCHAR NOT NULL,
    meaning VARCHAR NOT NULL,
    position INTEGER NOT NULL
);

-- A run whose contacts were all refused is no run: a run has rows.
CREATE TABLE score_run (
    score_name VARCHAR NOT NULL,
    scored_on DATE NOT NULL,
    row_count BIGINT NOT NULL,
    source VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    loaded_at TIMESTAMP NOT NULL
);
