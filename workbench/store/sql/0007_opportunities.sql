-- Sales cycles with their stages, opportunities with their entries, and the quotes and orders that come of them.
-- Columns that users see and their meanings are listed in pipelines/opportunity_tables.py.

-- Sales cycles (tables 5090, 5091) and why opportunities are closed (5094).
CREATE TABLE sales_cycle (
    code VARCHAR NOT NULL,
    description VARCHAR,
    probability_calculation VARCHAR DEFAULT 'multiply',
    is_blocked BOOLEAN NOT NULL DEFAULT FALSE
);
CREATE TABLE sales_cycle_stage (
    sales_cycle_code VARCHAR NOT NULL,
    stage_no DOUBLE NOT NULL,
    description VARCHAR,
    completed_rate DOUBLE,
    chances_rate DOUBLE,
    activity_code VARCHAR,
    is_quote_required BOOLEAN NOT NULL DEFAULT FALSE,
    allows_skip BOOLEAN NOT NULL DEFAULT FALSE,
    date_formula VARCHAR
);
CREATE TABLE close_opportunity_code (code VARCHAR NOT NULL, description VARCHAR, type VARCHAR NOT NULL);

-- Opportunities (table 5092) and what was done with them (5093). The active entry of one carries its values.
ALTER TABLE opportunity ADD COLUMN IF NOT EXISTS segment_no VARCHAR;
ALTER TABLE opportunity ADD COLUMN IF NOT EXISTS item_no VARCHAR;
ALTER TABLE opportunity ADD COLUMN IF NOT EXISTS document_type VARCHAR;
ALTER TABLE opportunity ADD COLUMN IF NOT EXISTS document_no VARCHAR;
DELETE FROM custom_field WHERE table_name = 'opportunity' AND name IN (
    'segment_no', 'item_no', 'document_type', 'document_no'
);
CREATE TABLE opportunity_entry (
    entry_no BIGINT NOT NULL,
    contact_id INTEGER NOT NULL,
    opportunity_entry_no VARCHAR,
    opportunity_no VARCHAR NOT NULL,
    sales_cycle_code VARCHAR,
    stage_no DOUBLE,
    previous_stage_no DOUBLE,
    salesperson_code VARCHAR,
    campaign_no VARCHAR,
    changed_on DATE NOT NULL,
    is_active BOOLEAN NOT NULL DEFAULT FALSE,
    action_taken VARCHAR,
    closed_on DATE,
    open_days DOUBLE,
    estimated_amount DECIMAL(18, 4),
    calculated_amount DECIMAL(18, 4),
    completed_rate DOUBLE,
    chances_rate DOUBLE,
    probability_rate DOUBLE,
    estimated_close_on DATE,
    close_opportunity_code VARCHAR
);
CREATE TABLE opportunity_comment (
    opportunity_no VARCHAR NOT NULL,
    line_no INTEGER NOT NULL,
    commented_on DATE,
    comment VARCHAR NOT NULL
);

-- Not a column that users load: the entry whose stage the task belongs to; the initial tasks have none.
ALTER TABLE task ADD COLUMN opportunity_entry_no VARCHAR;

-- Items, and quotes and orders as light documents: they are of the contact of their opportunity, and go with it.
CREATE TABLE item (item_no VARCHAR NOT NULL, description VARCHAR, series VARCHAR, unit_price_amount DECIMAL(18, 4));
CREATE TABLE sales_document (
    document_no VARCHAR NOT NULL,
    document_type VARCHAR NOT NULL,
    opportunity_no VARCHAR NOT NULL,
    customer_no VARCHAR,
    quote_no VARCHAR,
    dated_on DATE NOT NULL,
    is_closed BOOLEAN NOT NULL DEFAULT FALSE
);
CREATE TABLE sales_document_line (
    document_no VARCHAR NOT NULL,
    line_no INTEGER NOT NULL,
    item_no VARCHAR,
    description VARCHAR,
    quantity DOUBLE,
    unit_price_amount DECIMAL(18, 4),
    line_discount_rate DOUBLE
);
INSERT INTO number_series
SELECT * FROM (VALUES ('S-QUO', 'Sales quotes', TRUE, TRUE, FALSE), ('S-ORD', 'Sales orders', TRUE, TRUE, FALSE)) s(code)
WHERE code NOT IN (SELECT series_code FROM number_series);
INSERT INTO number_series_line (series_code, line_no, starting_no, implementation)
SELECT code, 10000, starting_no, 'sequence'
FROM (VALUES ('S-QUO', 'SQ000001'), ('S-ORD', 'SO000001')) s(code, starting_no)
WHERE code NOT IN (SELECT series_code FROM number_series_line);

-- What values of such files were taken as, as JSON, beside where their columns went.
ALTER TABLE load_mapping ADD COLUMN value_mapping VARCHAR;
