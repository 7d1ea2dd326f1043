-- What the workbench computed itself: how a run was made, from which data, how good it is, and the small tables that
-- explain it. Texts are JSON; runs that came from a file have none of it.
ALTER TABLE score_run ADD COLUMN method VARCHAR;
ALTER TABLE score_run ADD COLUMN revision BIGINT;
ALTER TABLE score_run ADD COLUMN parameters VARCHAR;
ALTER TABLE score_run ADD COLUMN quality VARCHAR;
ALTER TABLE score_run ADD COLUMN notes VARCHAR;
ALTER TABLE score_run ADD COLUMN offers VARCHAR;
CREATE TABLE score_run_table (
    score_name VARCHAR NOT NULL,
    scored_on DATE NOT NULL,
    name VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    content VARCHAR NOT NULL
);
