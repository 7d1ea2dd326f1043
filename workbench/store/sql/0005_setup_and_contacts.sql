-- Marketing setup, number series, code tables, and everything about contacts that sections of Business Central's
-- relationship management keep: linked records, alternative addresses, profiles, duplicates, merges, erasures.
-- Columns that users see and their meanings are listed in pipelines/schema.py and its neighbours.
-- A contact_id of 0 in rows about contacts is nobody: the row outlived its contact.

-- Contacts (table 5050).
ALTER TABLE contact ADD COLUMN IF NOT EXISTS name_2 VARCHAR;
ALTER TABLE contact ADD COLUMN IF NOT EXISTS search_name VARCHAR;
ALTER TABLE contact ADD COLUMN IF NOT EXISTS initials VARCHAR;
ALTER TABLE contact ADD COLUMN IF NOT EXISTS extension_no VARCHAR;
ALTER TABLE contact ADD COLUMN IF NOT EXISTS fax_no VARCHAR;
ALTER TABLE contact ADD COLUMN IF NOT EXISTS telex_no VARCHAR;
ALTER TABLE contact ADD COLUMN IF NOT EXISTS telex_answer_back VARCHAR;
ALTER TABLE contact ADD COLUMN IF NOT EXISTS pager VARCHAR;
ALTER TABLE contact ADD COLUMN IF NOT EXISTS email_2 VARCHAR;
ALTER TABLE contact ADD COLUMN IF NOT EXISTS format_region VARCHAR;
ALTER TABLE contact ADD COLUMN IF NOT EXISTS registration_no VARCHAR;
ALTER TABLE contact ADD COLUMN IF NOT EXISTS contact_business_relation VARCHAR;
ALTER TABLE contact ADD COLUMN IF NOT EXISTS last_modified_at TIMESTAMP;
DELETE FROM custom_field WHERE table_name = 'contact' AND name IN (
    'name_2', 'search_name', 'initials', 'extension_no', 'fax_no', 'telex_no', 'telex_answer_back', 'pager', 'email_2',
    'format_region', 'registration_no', 'contact_business_relation', 'last_modified_at'
);
UPDATE contact SET search_name = upper(name) WHERE search_name IS NULL;

-- Who a number belonged to is told by a salted digest; the id is never given again.
CREATE TABLE contact_tombstone (
    contact_id INTEGER NOT NULL,
    salt VARCHAR NOT NULL,
    digest VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    replaced_by INTEGER,
    removed_at TIMESTAMP NOT NULL
);

-- Number series (tables 308, 309, 310).
CREATE TABLE number_series (
    series_code VARCHAR NOT NULL,
    description VARCHAR,
    is_default BOOLEAN NOT NULL DEFAULT TRUE,
    is_manual BOOLEAN NOT NULL DEFAULT FALSE,
    is_date_order BOOLEAN NOT NULL DEFAULT FALSE
);

CREATE TABLE number_series_line (
    series_code VARCHAR NOT NULL,
    line_no INTEGER NOT NULL,
    starting_on DATE,
    starting_no VARCHAR NOT NULL,
    ending_no VARCHAR,
    warning_no VARCHAR,
    increment_by INTEGER NOT NULL DEFAULT 1,
    last_no VARCHAR,
    last_used_on DATE,
    is_open BOOLEAN NOT NULL DEFAULT TRUE,
    implementation VARCHAR NOT NULL DEFAULT 'normal'
);

CREATE TABLE number_series_relationship (
    series_code VARCHAR NOT NULL,
    related_code VARCHAR NOT NULL
);

INSERT INTO number_series VALUES
    ('CONT', 'Contacts', TRUE, TRUE, FALSE),
    ('CAMP', 'Campaigns', TRUE, TRUE, FALSE),
    ('SEGM', 'Segments', TRUE, TRUE, FALSE),
    ('TASK', 'Tasks', TRUE, TRUE, FALSE),
    ('OPP', 'Opportunities', TRUE, TRUE, FALSE);
-- What the store has numbered so far goes on from there; numbers without end, for a store may hold millions.
INSERT INTO number_series_line
    (series_code, line_no, starting_no, last_no, implementation)
SELECT 'CONT', 10000, 'CT000001', last_no, 'normal' FROM (
    SELECT CASE WHEN max(number) > 0 THEN 'CT' || lpad(max(number)::VARCHAR, greatest(6, length(max(number)::VARCHAR))::INTEGER, '0') END AS last_no
    FROM (SELECT try_cast(regexp_extract(contact_no, '^CT(\d{1,17})$', 1) AS BIGINT) AS number FROM contact)
)
UNION ALL SELECT 'CAMP', 10000, 'CP0001', NULL, 'sequence'
UNION ALL SELECT 'SEGM', 10000, 'SM00001', (
    SELECT CASE WHEN last_number > 0 THEN 'SM' || lpad(last_number::VARCHAR, greatest(5, length(last_number::VARCHAR))::INTEGER, '0') END
    FROM worksheet_number
), 'sequence'
UNION ALL SELECT 'TASK', 10000, 'TD000001', NULL, 'sequence'
UNION ALL SELECT 'OPP', 10000, 'OP000001', NULL, 'sequence';

DROP TABLE worksheet_number;

-- Code tables.
CREATE TABLE industry_group (code VARCHAR NOT NULL, description VARCHAR);
CREATE TABLE mailing_group (code VARCHAR NOT NULL, description VARCHAR);
CREATE TABLE job_responsibility (code VARCHAR NOT NULL, description VARCHAR);
CREATE TABLE organizational_level (code VARCHAR NOT NULL, description VARCHAR);
CREATE TABLE business_relation_type (code VARCHAR NOT NULL, description VARCHAR);
CREATE TABLE web_source (code VARCHAR NOT NULL, description VARCHAR, url VARCHAR);
CREATE TABLE territory (code VARCHAR NOT NULL, description VARCHAR);
CREATE TABLE language (code VARCHAR NOT NULL, description VARCHAR);
CREATE TABLE country (code VARCHAR NOT NULL, description VARCHAR);
CREATE TABLE salutation (code VARCHAR NOT NULL, description VARCHAR);
CREATE TABLE salutation_formula (
    salutation_code VARCHAR NOT NULL,
    language_code VARCHAR NOT NULL,
    salutation_type VARCHAR NOT NULL,
    salutation VARCHAR,
    name_1 VARCHAR,
    name_2 VARCHAR,
    name_3 VARCHAR,
    name_4 VARCHAR,
    name_5 VARCHAR
);
CREATE TABLE salesperson (
    code VARCHAR NOT NULL,
    name VARCHAR,
    commission_rate DOUBLE,
    email VARCHAR,
    phone_no VARCHAR,
    job_title VARCHAR,
    is_privacy_blocked BOOLEAN NOT NULL DEFAULT FALSE,
    is_blocked BOOLEAN NOT NULL DEFAULT FALSE
);
CREATE TABLE user_setup (user_name VARCHAR NOT NULL, salesperson_code VARCHAR, email VARCHAR);
CREATE TABLE team (code VARCHAR NOT NULL, description VARCHAR);
CREATE TABLE team_salesperson (team_code VARCHAR NOT NULL, salesperson_code VARCHAR NOT NULL);
CREATE TABLE activity (code VARCHAR NOT NULL, description VARCHAR);
CREATE TABLE activity_step (
    activity_code VARCHAR NOT NULL,
    step_no DOUBLE NOT NULL,
    type VARCHAR,
    description VARCHAR,
    priority VARCHAR,
    date_formula VARCHAR
);

-- Rows about contacts.
CREATE TABLE contact_web_source (
    entry_no BIGINT NOT NULL,
    contact_id INTEGER NOT NULL,
    web_source_code VARCHAR NOT NULL,
    search_word VARCHAR
);
CREATE TABLE alternative_address (
    entry_no BIGINT NOT NULL,
    contact_id INTEGER NOT NULL,
    address_code VARCHAR NOT NULL,
    name VARCHAR,
    name_2 VARCHAR,
    address VARCHAR,
    address_2 VARCHAR,
    city VARCHAR,
    post_code VARCHAR,
    county VARCHAR,
    country_code VARCHAR,
    phone_no VARCHAR,
    mobile_phone_no VARCHAR,
    fax_no VARCHAR,
    email VARCHAR,
    home_page VARCHAR
);
CREATE TABLE alternative_address_range (
    entry_no BIGINT NOT NULL,
    contact_id INTEGER NOT NULL,
    address_code VARCHAR NOT NULL,
    starting_on DATE NOT NULL,
    ending_on DATE
);
CREATE TABLE contact_comment (
    entry_no BIGINT NOT NULL,
    contact_id INTEGER NOT NULL,
    commented_on DATE,
    comment VARCHAR NOT NULL
);
CREATE TABLE task (
    entry_no BIGINT NOT NULL,
    contact_id INTEGER NOT NULL,
    task_no VARCHAR,
    description VARCHAR,
    type VARCHAR,
    dated_on DATE,
    status VARCHAR,
    priority VARCHAR,
    is_closed BOOLEAN NOT NULL DEFAULT FALSE,
    closed_on DATE,
    is_canceled BOOLEAN NOT NULL DEFAULT FALSE,
    salesperson_code VARCHAR,
    team_code VARCHAR,
    campaign_no VARCHAR,
    segment_no VARCHAR,
    opportunity_no VARCHAR
);

-- Linked records (tables 18, 23, 270, 5200) and what was bought from vendors; sales are sales_entry.
CREATE TABLE customer (
    customer_no VARCHAR NOT NULL, name VARCHAR, name_2 VARCHAR, search_name VARCHAR, contact_name VARCHAR, primary_contact_no VARCHAR,
    address VARCHAR, address_2 VARCHAR, city VARCHAR, post_code VARCHAR, county VARCHAR, country_code VARCHAR,
    phone_no VARCHAR, mobile_phone_no VARCHAR, fax_no VARCHAR, telex_no VARCHAR, telex_answer_back VARCHAR,
    email VARCHAR, home_page VARCHAR, territory_code VARCHAR, salesperson_code VARCHAR, language_code VARCHAR,
    format_region VARCHAR, currency_code VARCHAR, vat_registration_no VARCHAR, registration_no VARCHAR,
    is_blocked BOOLEAN NOT NULL DEFAULT FALSE
);
CREATE TABLE vendor (
    vendor_no VARCHAR NOT NULL, name VARCHAR, name_2 VARCHAR, search_name VARCHAR, contact_name VARCHAR, primary_contact_no VARCHAR,
    address VARCHAR, address_2 VARCHAR, city VARCHAR, post_code VARCHAR, county VARCHAR, country_code VARCHAR,
    phone_no VARCHAR, mobile_phone_no VARCHAR, fax_no VARCHAR, telex_no VARCHAR, telex_answer_back VARCHAR,
    email VARCHAR, home_page VARCHAR, territory_code VARCHAR, salesperson_code VARCHAR, language_code VARCHAR,
    format_region VARCHAR, currency_code VARCHAR, vat_registration_no VARCHAR, registration_no VARCHAR,
    is_blocked BOOLEAN NOT NULL DEFAULT FALSE
);
CREATE TABLE bank_account (
    bank_account_no VARCHAR NOT NULL, name VARCHAR, name_2 VARCHAR, search_name VARCHAR, contact_name VARCHAR,
    address VARCHAR, address_2 VARCHAR, city VARCHAR, post_code VARCHAR, county VARCHAR, country_code VARCHAR,
    phone_no VARCHAR, mobile_phone_no VARCHAR, fax_no VARCHAR, telex_no VARCHAR, telex_answer_back VARCHAR,
    email VARCHAR, home_page VARCHAR, territory_code VARCHAR, salesperson_code VARCHAR, language_code VARCHAR,
    format_region VARCHAR, currency_code VARCHAR, bank_account_number VARCHAR, iban VARCHAR,
    is_blocked BOOLEAN NOT NULL DEFAULT FALSE
);
CREATE TABLE employee (
    employee_no VARCHAR NOT NULL, first_name VARCHAR, middle_name VARCHAR, surname VARCHAR, initials VARCHAR, search_name VARCHAR,
    job_title VARCHAR, address VARCHAR, address_2 VARCHAR, city VARCHAR, post_code VARCHAR, county VARCHAR,
    country_code VARCHAR, phone_no VARCHAR, mobile_phone_no VARCHAR, fax_no VARCHAR, pager VARCHAR,
    extension_no VARCHAR, email VARCHAR, company_email VARCHAR, salesperson_code VARCHAR
);
ALTER TABLE sales_entry ADD COLUMN IF NOT EXISTS profit_amount DECIMAL(18, 4);
ALTER TABLE sales_entry ADD COLUMN IF NOT EXISTS due_on DATE;
ALTER TABLE sales_entry ADD COLUMN IF NOT EXISTS closed_on DATE;
DELETE FROM custom_field WHERE table_name = 'sales_entry' AND name IN ('profit_amount', 'due_on', 'closed_on');
CREATE TABLE purchase_entry (
    entry_no BIGINT NOT NULL,
    contact_id INTEGER NOT NULL,
    purchase_entry_no VARCHAR,
    posted_at TIMESTAMP NOT NULL,
    document_no VARCHAR,
    item_no VARCHAR,
    quantity DOUBLE,
    purchase_amount DECIMAL(18, 4),
    discount_amount DECIMAL(18, 4),
    due_on DATE,
    closed_on DATE
);

-- Profile questionnaires (tables 5087, 5088, 5110) and what an answer of a contact carries (5089).
CREATE TABLE questionnaire (
    questionnaire_code VARCHAR NOT NULL,
    description VARCHAR,
    contact_type VARCHAR,
    business_relation_code VARCHAR,
    priority VARCHAR
);
CREATE TABLE questionnaire_line (
    questionnaire_code VARCHAR NOT NULL,
    line_no DOUBLE NOT NULL,
    type VARCHAR NOT NULL,
    description VARCHAR,
    has_multiple_answers BOOLEAN NOT NULL DEFAULT FALSE,
    is_auto_classified BOOLEAN NOT NULL DEFAULT FALSE,
    customer_class_field VARCHAR,
    vendor_class_field VARCHAR,
    contact_class_field VARCHAR,
    starting_date_formula VARCHAR,
    ending_date_formula VARCHAR,
    classification_method VARCHAR,
    sorting_method VARCHAR,
    decimal_count DOUBLE,
    min_answered_rate DOUBLE,
    from_value DOUBLE,
    to_value DOUBLE,
    priority VARCHAR
);
CREATE TABLE questionnaire_rating (
    questionnaire_code VARCHAR NOT NULL,
    line_no DOUBLE NOT NULL,
    rated_questionnaire_code VARCHAR NOT NULL,
    rated_line_no DOUBLE NOT NULL,
    points DOUBLE NOT NULL
);
ALTER TABLE profile_answer ADD COLUMN questionnaire_priority VARCHAR;
ALTER TABLE profile_answer ADD COLUMN answer_priority VARCHAR;
ALTER TABLE profile_answer ADD COLUMN updated_on DATE;

-- Duplicates (tables 5085, 5086, 5095) and merges. A pair is kept once, the lower id first.
CREATE TABLE duplicate_search_string (
    field_name VARCHAR NOT NULL,
    part VARCHAR NOT NULL,
    length INTEGER NOT NULL
);
INSERT INTO duplicate_search_string
SELECT field_name, part, 5 FROM unnest([
    'name', 'address', 'city', 'phone_no', 'vat_registration_no', 'post_code', 'email', 'mobile_phone_no'
]) f(field_name), unnest(['first', 'last']) p(part);
CREATE TABLE contact_duplicate (
    contact_id INTEGER NOT NULL,
    duplicate_id INTEGER NOT NULL,
    found_by VARCHAR NOT NULL,
    match_count INTEGER,
    score_rate DOUBLE,
    reasons VARCHAR,
    verdict VARCHAR,
    found_at TIMESTAMP NOT NULL,
    decided_at TIMESTAMP,
    decided_by VARCHAR
);
CREATE TABLE contact_merge (
    merge_no INTEGER NOT NULL,
    survivor_id INTEGER NOT NULL,
    duplicate_id INTEGER NOT NULL,
    before_image VARCHAR NOT NULL,
    merged_at TIMESTAMP NOT NULL,
    merged_by VARCHAR,
    undone_at TIMESTAMP
);

-- What exports held, so that an erasure can tell where a person still is.
CREATE TABLE export_log (
    export_no INTEGER NOT NULL,
    place VARCHAR NOT NULL,
    format VARCHAR NOT NULL,
    segment_name VARCHAR,
    sha256 VARCHAR,
    row_count BIGINT NOT NULL,
    exported_at TIMESTAMP NOT NULL,
    exported_by VARCHAR
);
CREATE TABLE export_member (
    export_no INTEGER NOT NULL,
    contact_id INTEGER NOT NULL
);

-- Which contacts were erased, why and by whom; the tombstone holds no more of them.
CREATE TABLE erasure (
    contact_id INTEGER NOT NULL,
    reason VARCHAR NOT NULL,
    erased_at TIMESTAMP NOT NULL,
    erased_by VARCHAR
);

-- What a person set up for herself: views of the list of contacts, mappings of files.
CREATE TABLE contact_view (
    name VARCHAR NOT NULL,
    query VARCHAR NOT NULL,
    saved_at TIMESTAMP NOT NULL,
    saved_by VARCHAR
);
CREATE TABLE load_mapping (
    table_name VARCHAR NOT NULL,
    headers VARCHAR NOT NULL,
    mapping VARCHAR NOT NULL,
    saved_at TIMESTAMP NOT NULL
);
