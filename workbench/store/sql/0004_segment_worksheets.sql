-- Worksheets: Business Central's segments, a header with lines (tables 5076 and 5077), the log of what was done to them
-- (5097), the history that going back needs (5078), saved criteria (5098, 5099) and logged segments (5075).
-- line_no grows in steps of 10,000; filters of a criterion are JSON, {field: filter expression}.

CREATE TABLE worksheet (
    worksheet_no VARCHAR NOT NULL,
    description VARCHAR,
    campaign_no VARCHAR,
    salesperson_code VARCHAR,
    correspondence_type VARCHAR,
    interaction_template_code VARCHAR,
    interaction_group_code VARCHAR,
    unit_cost_amount DECIMAL(18, 4),
    unit_duration_minutes DOUBLE,
    dated_on DATE NOT NULL,
    is_campaign_target BOOLEAN NOT NULL DEFAULT FALSE,
    is_campaign_response BOOLEAN NOT NULL DEFAULT FALSE,
    information_flow VARCHAR,
    initiated_by VARCHAR,
    language_code VARCHAR,
    subject VARCHAR,
    ignores_contact_correspondence BOOLEAN NOT NULL DEFAULT FALSE
);

-- A number is given once, also when the worksheet that had it is gone.
CREATE TABLE worksheet_number (
    last_number BIGINT NOT NULL
);
INSERT INTO worksheet_number VALUES (0);

CREATE TABLE worksheet_line (
    worksheet_no VARCHAR NOT NULL,
    line_no BIGINT NOT NULL,
    contact_id INTEGER NOT NULL,
    description VARCHAR,
    campaign_no VARCHAR,
    salesperson_code VARCHAR,
    correspondence_type VARCHAR,
    interaction_template_code VARCHAR,
    interaction_group_code VARCHAR,
    cost_amount DECIMAL(18, 4),
    duration_minutes DOUBLE,
    dated_on DATE,
    is_campaign_target BOOLEAN NOT NULL DEFAULT FALSE,
    is_campaign_response BOOLEAN NOT NULL DEFAULT FALSE,
    information_flow VARCHAR,
    initiated_by VARCHAR,
    language_code VARCHAR,
    subject VARCHAR
);

CREATE TABLE worksheet_criterion (
    worksheet_no VARCHAR NOT NULL,
    line_no INTEGER NOT NULL,
    type VARCHAR NOT NULL,
    action VARCHAR,
    table_name VARCHAR,
    filters VARCHAR,
    allow_existing BOOLEAN NOT NULL DEFAULT FALSE,
    expand_companies BOOLEAN NOT NULL DEFAULT FALSE,
    allow_related_companies BOOLEAN NOT NULL DEFAULT FALSE,
    ignore_exclusion BOOLEAN NOT NULL DEFAULT FALSE,
    entire_companies BOOLEAN NOT NULL DEFAULT FALSE,
    keeps_contact BOOLEAN NOT NULL DEFAULT FALSE,
    filter_count INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE worksheet_history (
    worksheet_no VARCHAR NOT NULL,
    action_no INTEGER NOT NULL,
    line_no BIGINT NOT NULL,
    contact_id INTEGER NOT NULL,
    action_taken VARCHAR NOT NULL
);

CREATE TABLE saved_criteria (
    code VARCHAR NOT NULL,
    description VARCHAR,
    saved_at TIMESTAMP NOT NULL,
    saved_by VARCHAR
);

CREATE TABLE saved_criterion (
    code VARCHAR NOT NULL,
    line_no INTEGER NOT NULL,
    type VARCHAR NOT NULL,
    action VARCHAR,
    table_name VARCHAR,
    filters VARCHAR,
    allow_existing BOOLEAN NOT NULL DEFAULT FALSE,
    expand_companies BOOLEAN NOT NULL DEFAULT FALSE,
    allow_related_companies BOOLEAN NOT NULL DEFAULT FALSE,
    ignore_exclusion BOOLEAN NOT NULL DEFAULT FALSE,
    entire_companies BOOLEAN NOT NULL DEFAULT FALSE,
    keeps_contact BOOLEAN NOT NULL DEFAULT FALSE,
    filter_count INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE logged_segment (
    entry_no INTEGER NOT NULL,
    segment_no VARCHAR NOT NULL,
    description VARCHAR,
    created_on DATE NOT NULL,
    logged_by VARCHAR,
    is_canceled BOOLEAN NOT NULL DEFAULT FALSE
);

-- Which segment an interaction was logged from. A user's own field of that name becomes it.
ALTER TABLE interaction ADD COLUMN IF NOT EXISTS segment_no VARCHAR;
ALTER TABLE interaction ADD COLUMN IF NOT EXISTS logged_segment_entry_no VARCHAR;
DELETE FROM custom_field WHERE table_name = 'interaction' AND name IN ('segment_no', 'logged_segment_entry_no');

CREATE TABLE profile_answer (
    entry_no BIGINT NOT NULL,
    contact_id INTEGER NOT NULL,
    questionnaire_code VARCHAR NOT NULL,
    line_no DOUBLE NOT NULL,
    question VARCHAR,
    answer VARCHAR
);

CREATE TABLE interaction_template (
    interaction_template_code VARCHAR NOT NULL,
    description VARCHAR,
    interaction_group_code VARCHAR,
    unit_cost_amount DECIMAL(18, 4),
    unit_duration_minutes DOUBLE,
    information_flow VARCHAR,
    initiated_by VARCHAR,
    campaign_no VARCHAR,
    is_campaign_target BOOLEAN NOT NULL DEFAULT FALSE,
    is_campaign_response BOOLEAN NOT NULL DEFAULT FALSE,
    correspondence_type VARCHAR,
    ignores_contact_correspondence BOOLEAN NOT NULL DEFAULT FALSE,
    language_code VARCHAR
);
