"""The field of a contact that says what the contact is for us, kept up with its business relations."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.store import Connection

_SETUP = """
    SELECT value AS code FROM setting WHERE name IN (
        'customer_relation_code', 'vendor_relation_code', 'bank_account_relation_code', 'employee_relation_code'
    )
"""
# Business Central, table 5050, GetBusinessRelation: rows of the contact and of its company count.
_KINDS = f"""
    WITH relation AS (
        SELECT c.contact_id, r.link_to_table,
            r.business_relation_code IN ({_SETUP}) AND coalesce(r.linked_no, '') <> '' AS is_linked
        FROM contact c
        LEFT JOIN contact k ON k.contact_no = c.company_no AND k.contact_id <> c.contact_id
        JOIN business_relation r ON r.contact_id = c.contact_id OR r.contact_id = k.contact_id
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
            WHEN linked_count = 1 AND all_count = 1 THEN n.link_to_table
            ELSE 'multiple'
        END AS kind
    FROM contact c LEFT JOIN counted n USING (contact_id)
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
    whose, values = "TRUE", {}
    if contact_ids is not None:
        whose = """(
            list_contains($ids, contact.contact_id) OR contact.company_no IN (
                SELECT contact_no FROM contact WHERE list_contains($ids, contact_id)
            )
        )"""
        values = {"ids": list(contact_ids)}
    con.execute(
        f"UPDATE contact SET contact_business_relation = k.kind FROM ({_KINDS}) k "  # noqa: S608 - texts of ours
        f"WHERE k.contact_id = contact.contact_id AND k.kind IS DISTINCT FROM contact.contact_business_relation "
        f"AND {whose}",
        values,
    )
