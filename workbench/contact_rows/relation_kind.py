"""The field of a contact that says what the contact is for us, kept up with its business relations."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.store import Connection

_SETUP = """
    SELECT value AS code FROM setting WHERE name IN (
        'customer_relation_code', 'vendor_relation_code', 'bank_account_relation_code', 'employee_relation_code'
    )
"""
_EVERYBODY = "SELECT contact_id, company_no FROM contact"
_CHOSEN = """
    SELECT contact_id, company_no FROM contact WHERE list_contains($ids, contact_id) OR company_no IN (
        SELECT contact_no FROM contact WHERE list_contains($ids, contact_id)
    )
"""
# Business Central, table 5050, GetBusinessRelation: rows of the contact and of its company count. They are two joins,
# for a join on either of two ids would compare each contact with each row.
_KINDS = f"""
    WITH own AS (
        SELECT contact_id, link_to_table,
            business_relation_code IN ({_SETUP}) AND coalesce(linked_no, '') <> '' AS is_linked
        FROM business_relation
    ),
    relation AS (
        SELECT c.contact_id, o.link_to_table, o.is_linked FROM chosen c JOIN own o USING (contact_id)
        UNION ALL
        SELECT c.contact_id, o.link_to_table, o.is_linked
        FROM chosen c JOIN contact k ON k.contact_no = c.company_no AND k.contact_id <> c.contact_id
        JOIN own o ON o.contact_id = k.contact_id
    ),
    counted AS (
        SELECT contact_id, count(*) AS all_count, count(*) FILTER (is_linked) AS linked_count,
            any_value(link_to_table) FILTER (is_linked) AS link_to_table
        FROM relation GROUP BY contact_id
    )
    SELECT c.contact_id,
        CASE
            WHEN n.all_count IS NULL THEN 'none'
            WHEN linked_count = 0 AND all_count = 1 THEN 'other'
            WHEN linked_count = 0 THEN 'multiple'
            WHEN linked_count = 1 AND all_count = 1 THEN coalesce(n.link_to_table, 'other')
            ELSE 'multiple'
        END AS kind
    FROM chosen c LEFT JOIN counted n USING (contact_id)
"""  # noqa: S608 - a statement of ours


def refresh(con: Connection, contact_ids: Sequence[int] | None = None) -> None:
    """Bring `contact_business_relation` up to date.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    contact_ids : sequence of int, optional
        Contacts whose relations or company have changed; people of companies among them are brought up to date as
        well. Everybody where absent.
    """
    chosen = _EVERYBODY if contact_ids is None else _CHOSEN
    con.execute(
        f"UPDATE contact SET contact_business_relation = k.kind "  # noqa: S608 - texts of ours
        f"FROM (WITH chosen AS ({chosen}) SELECT * FROM ({_KINDS})) k "
        "WHERE k.contact_id = contact.contact_id AND k.kind IS DISTINCT FROM contact.contact_business_relation",
        {} if contact_ids is None else {"ids": list(contact_ids)},
    )
