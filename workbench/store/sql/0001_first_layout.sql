-- The first layout of the store. Columns and their meanings are listed in pipelines/schema.py.
-- Contacts carry a dense contact_id, so that a set of contacts is one boolean mask; rows about a contact carry
-- that id, and entry_no tells rows of the same instant apart. Keys are kept by the loader: one writer at a time
-- checks them in its transaction, which costs less than an index on every row.

CREATE TABLE store (
    revision BIGINT NOT NULL
);
INSERT INTO store VALUES (0);

CREATE TABLE setting (
    name VARCHAR NOT NULL,
    value VARCHAR NOT NULL
);

CREATE TABLE custom_field (
    table_name VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    type VARCHAR NOT NULL,
    meaning VARCHAR NOT NULL,
    position INTEGER NOT NULL
);

CREATE TABLE contact (
    contact_id INTEGER NOT NULL,
    contact_no VARCHAR NOT NULL,
    external_id VARCHAR,
    type VARCHAR NOT NULL,
    name VARCHAR,
    first_name VARCHAR,
    middle_name VARCHAR,
    surname VARCHAR,
    job_title VARCHAR,
    company_no VARCHAR,
    address VARCHAR,
    address_2 VARCHAR,
    city VARCHAR,
    post_code VARCHAR,
    county VARCHAR,
    country_code VARCHAR,
    phone_no VARCHAR,
    mobile_phone_no VARCHAR,
    email VARCHAR,
    home_page VARCHAR,
    territory_code VARCHAR,
    salesperson_code VARCHAR,
    language_code VARCHAR,
    currency_code VARCHAR,
    organizational_level_code VARCHAR,
    correspondence_type VARCHAR,
    salutation_code VARCHAR,
    vat_registration_no VARCHAR,
    mailing_group_codes VARCHAR[],
    industry_codes VARCHAR[],
    job_responsibility_codes VARCHAR[],
    is_excluded_from_segments BOOLEAN NOT NULL DEFAULT FALSE,
    is_privacy_blocked BOOLEAN NOT NULL DEFAULT FALSE,
    is_minor BOOLEAN NOT NULL DEFAULT FALSE,
    has_parental_consent BOOLEAN NOT NULL DEFAULT FALSE
);

CREATE TABLE business_relation (
    entry_no BIGINT NOT NULL,
    contact_id INTEGER NOT NULL,
    business_relation_code VARCHAR NOT NULL,
    link_to_table VARCHAR,
    linked_no VARCHAR
);

CREATE TABLE interaction (
    entry_no BIGINT NOT NULL,
    contact_id INTEGER NOT NULL,
    interaction_no VARCHAR,
    occurred_at TIMESTAMP NOT NULL,
    interaction_group_code VARCHAR,
    interaction_template_code VARCHAR,
    description VARCHAR,
    subject VARCHAR,
    information_flow VARCHAR,
    initiated_by VARCHAR,
    correspondence_type VARCHAR,
    campaign_no VARCHAR,
    is_campaign_target BOOLEAN NOT NULL DEFAULT FALSE,
    is_campaign_response BOOLEAN NOT NULL DEFAULT FALSE,
    salesperson_code VARCHAR,
    evaluation VARCHAR,
    is_attempt_failed BOOLEAN NOT NULL DEFAULT FALSE,
    is_canceled BOOLEAN NOT NULL DEFAULT FALSE,
    is_postponed BOOLEAN NOT NULL DEFAULT FALSE,
    cost_amount DECIMAL(18, 4),
    duration_minutes DOUBLE,
    language_code VARCHAR,
    document_no VARCHAR,
    opportunity_no VARCHAR
);

CREATE TABLE opportunity (
    entry_no BIGINT NOT NULL,
    contact_id INTEGER NOT NULL,
    opportunity_no VARCHAR,
    description VARCHAR,
    salesperson_code VARCHAR,
    campaign_no VARCHAR,
    sales_cycle_code VARCHAR,
    stage VARCHAR,
    status VARCHAR,
    priority VARCHAR,
    created_on DATE,
    closed_on DATE,
    estimated_close_on DATE,
    estimated_amount DECIMAL(18, 4),
    calculated_amount DECIMAL(18, 4),
    probability_rate DOUBLE
);

CREATE TABLE sales_entry (
    entry_no BIGINT NOT NULL,
    contact_id INTEGER NOT NULL,
    sales_entry_no VARCHAR,
    posted_at TIMESTAMP NOT NULL,
    document_no VARCHAR,
    item_no VARCHAR,
    quantity DOUBLE,
    sales_amount DECIMAL(18, 4),
    discount_amount DECIMAL(18, 4),
    campaign_no VARCHAR,
    salesperson_code VARCHAR
);

CREATE TABLE campaign (
    campaign_no VARCHAR NOT NULL,
    description VARCHAR,
    type_code VARCHAR,
    starting_on DATE,
    ending_on DATE,
    salesperson_code VARCHAR,
    status_code VARCHAR
);

CREATE TABLE campaign_target (
    entry_no BIGINT NOT NULL,
    contact_id INTEGER NOT NULL,
    campaign_no VARCHAR NOT NULL,
    arm VARCHAR,
    targeted_on DATE
);

CREATE TABLE consent (
    entry_no BIGINT NOT NULL,
    contact_id INTEGER NOT NULL,
    channel VARCHAR NOT NULL,
    purpose VARCHAR,
    is_granted BOOLEAN NOT NULL DEFAULT FALSE,
    given_at TIMESTAMP NOT NULL
);

CREATE TABLE contact_list (
    entry_no BIGINT NOT NULL,
    contact_id INTEGER NOT NULL,
    list_name VARCHAR NOT NULL
);

CREATE TABLE segment (
    name VARCHAR NOT NULL,
    definition VARCHAR NOT NULL,
    definition_hash VARCHAR NOT NULL,
    saved_at TIMESTAMP NOT NULL
);

CREATE TABLE segment_snapshot (
    snapshot_id VARCHAR NOT NULL,
    segment_name VARCHAR NOT NULL,
    definition VARCHAR NOT NULL,
    definition_hash VARCHAR NOT NULL,
    sentence VARCHAR NOT NULL,
    as_of DATE NOT NULL,
    revision BIGINT NOT NULL,
    taken_at TIMESTAMP NOT NULL,
    total INTEGER NOT NULL
);

-- The number is kept beside the id: a snapshot stays readable when a contact is deleted later.
CREATE TABLE segment_snapshot_member (
    snapshot_id VARCHAR NOT NULL,
    contact_id INTEGER NOT NULL,
    contact_no VARCHAR NOT NULL
);

CREATE TABLE load_receipt (
    load_no BIGINT NOT NULL,
    table_name VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    loaded_at TIMESTAMP NOT NULL,
    new_count BIGINT NOT NULL,
    changed_count BIGINT NOT NULL,
    unchanged_count BIGINT NOT NULL,
    rejected_count BIGINT NOT NULL
);
