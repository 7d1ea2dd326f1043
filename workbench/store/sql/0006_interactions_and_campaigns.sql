-- Interactions, their templates and what is sent with them; campaigns, their plans, launches and responses; tasks.
-- Columns that users see and their meanings are listed in pipelines/schema.py and its neighbours.

-- Files of the store: what templates send, and what belongs to one interaction (table 5062).
CREATE TABLE attachment (
    attachment_no BIGINT NOT NULL,
    file_name VARCHAR NOT NULL,
    media_type VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    byte_count BIGINT NOT NULL,
    content BLOB NOT NULL,
    stored_at TIMESTAMP NOT NULL,
    stored_by VARCHAR
);
CREATE TABLE word_template (code VARCHAR NOT NULL, description VARCHAR, attachment_no BIGINT NOT NULL);

-- Interactions (tables 5063, 5064, 5103, 5122, 5065, 5123).
CREATE TABLE interaction_group (code VARCHAR NOT NULL, description VARCHAR);
ALTER TABLE interaction_template ADD COLUMN wizard_action VARCHAR;
ALTER TABLE interaction_template ADD COLUMN word_template_code VARCHAR;
CREATE TABLE interaction_template_language (
    interaction_template_code VARCHAR NOT NULL,
    language_code VARCHAR NOT NULL,
    description VARCHAR,
    attachment_no BIGINT,
    word_template_code VARCHAR
);
CREATE TABLE interaction_template_setup (document_type VARCHAR NOT NULL, interaction_template_code VARCHAR NOT NULL);
ALTER TABLE interaction ADD COLUMN IF NOT EXISTS campaign_entry_no VARCHAR;
ALTER TABLE interaction ADD COLUMN IF NOT EXISTS task_no VARCHAR;
ALTER TABLE interaction ADD COLUMN IF NOT EXISTS document_type VARCHAR;
ALTER TABLE interaction ADD COLUMN IF NOT EXISTS delivery_status VARCHAR;
ALTER TABLE interaction ADD COLUMN IF NOT EXISTS alternative_address_code VARCHAR;
-- Not columns that users see: the file sent, the template merged into it, when it went, and who logged it.
ALTER TABLE interaction ADD COLUMN attachment_no BIGINT;
ALTER TABLE interaction ADD COLUMN word_template_code VARCHAR;
ALTER TABLE interaction ADD COLUMN sends_word_document_as_attachment BOOLEAN DEFAULT FALSE;
ALTER TABLE interaction ADD COLUMN delivered_at TIMESTAMP;
ALTER TABLE interaction ADD COLUMN delivery_error VARCHAR;
ALTER TABLE interaction ADD COLUMN logged_by VARCHAR;
DELETE FROM custom_field WHERE table_name = 'interaction' AND name IN (
    'campaign_entry_no', 'task_no', 'document_type', 'delivery_status', 'alternative_address_code'
);
CREATE TABLE interaction_comment (
    interaction_entry_no BIGINT NOT NULL,
    line_no INTEGER NOT NULL,
    commented_on DATE,
    comment VARCHAR NOT NULL
);
ALTER TABLE worksheet ADD COLUMN word_template_code VARCHAR;
ALTER TABLE worksheet ADD COLUMN attachment_no BIGINT;
ALTER TABLE worksheet ADD COLUMN sends_word_documents_as_attachments BOOLEAN DEFAULT FALSE;
ALTER TABLE worksheet_line ADD COLUMN alternative_address_code VARCHAR;
ALTER TABLE worksheet_line ADD COLUMN evaluation VARCHAR;
ALTER TABLE worksheet_line ADD COLUMN is_attempt_failed BOOLEAN DEFAULT FALSE;

-- Campaigns (tables 5071, 5072, 5073) and what their target groups pay.
CREATE TABLE campaign_status (code VARCHAR NOT NULL, description VARCHAR);
CREATE TABLE campaign_entry (
    campaign_entry_no VARCHAR NOT NULL,
    campaign_no VARCHAR NOT NULL,
    description VARCHAR,
    dated_on DATE,
    user_name VARCHAR,
    segment_no VARCHAR,
    is_canceled BOOLEAN NOT NULL DEFAULT FALSE,
    salesperson_code VARCHAR,
    logged_segment_entry_no VARCHAR,
    document_type VARCHAR
);
-- A target group is worked out when it is read, from lines and interactions; kept is only that a campaign is activated,
-- and which companies Business Central would keep in the group although nobody of theirs is a target any more.
CREATE TABLE campaign_activation (campaign_no VARCHAR NOT NULL, activated_at TIMESTAMP NOT NULL, activated_by VARCHAR);
CREATE TABLE campaign_target_leftover (campaign_no VARCHAR NOT NULL, company_no VARCHAR NOT NULL);
CREATE TABLE campaign_comment (campaign_no VARCHAR NOT NULL, line_no INTEGER NOT NULL, commented_on DATE, comment VARCHAR NOT NULL);
CREATE TABLE campaign_price (
    campaign_no VARCHAR NOT NULL,
    item_no VARCHAR NOT NULL,
    minimum_quantity DOUBLE,
    unit_price_amount DECIMAL(18, 4),
    line_discount_rate DOUBLE,
    starting_on DATE,
    ending_on DATE
);

-- Plans and launches of campaigns. A launch never changes: whom it weighed, into which arm each was drawn, or why not.
CREATE TABLE campaign_plan (
    name VARCHAR NOT NULL,
    plan VARCHAR NOT NULL,
    saved_at TIMESTAMP NOT NULL,
    saved_by VARCHAR
);
CREATE TABLE campaign_launch (
    launch_no INTEGER NOT NULL,
    plan_name VARCHAR NOT NULL,
    plan VARCHAR NOT NULL,
    as_of DATE NOT NULL,
    revision BIGINT NOT NULL,
    launched_at TIMESTAMP NOT NULL,
    launched_by VARCHAR
);
-- The number is kept beside the id: a launch stays readable when a contact is deleted later.
CREATE TABLE campaign_launch_member (
    launch_no INTEGER NOT NULL,
    campaign_no VARCHAR NOT NULL,
    contact_id INTEGER NOT NULL,
    contact_no VARCHAR NOT NULL,
    segment_name VARCHAR,
    stratum VARCHAR,
    arm VARCHAR,
    reason VARCHAR
);

-- Responses that files brought; what counts as a response to a campaign, and which arm was held out.
CREATE TABLE campaign_response (
    entry_no BIGINT NOT NULL,
    contact_id INTEGER NOT NULL,
    campaign_no VARCHAR NOT NULL,
    responded_at TIMESTAMP NOT NULL,
    revenue_amount DECIMAL(18, 4)
);
CREATE TABLE campaign_response_rule (
    campaign_no VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    saved_at TIMESTAMP NOT NULL,
    saved_by VARCHAR
);

-- Tasks (tables 5080, 5199, 5123). Who attends a meeting is who has a copy of it.
ALTER TABLE task ADD COLUMN organizer_task_no VARCHAR;
ALTER TABLE task ADD COLUMN role VARCHAR;
ALTER TABLE task ADD COLUMN start_time VARCHAR;
ALTER TABLE task ADD COLUMN duration_minutes DOUBLE;
ALTER TABLE task ADD COLUMN location VARCHAR;
ALTER TABLE task ADD COLUMN completed_by VARCHAR;
ALTER TABLE task ADD COLUMN interaction_template_code VARCHAR;
ALTER TABLE task ADD COLUMN activity_code VARCHAR;
-- Not columns that users load: how a task repeats, and how somebody attends a meeting.
ALTER TABLE task ADD COLUMN recurring_formula VARCHAR;
ALTER TABLE task ADD COLUMN recurs_from VARCHAR;
ALTER TABLE task ADD COLUMN attendance VARCHAR;
ALTER TABLE task ADD COLUMN invitation_status VARCHAR;
UPDATE task SET role = 'organizer';
CREATE TABLE task_comment (task_no VARCHAR NOT NULL, line_no INTEGER NOT NULL, commented_on DATE, comment VARCHAR NOT NULL);
