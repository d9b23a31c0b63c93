"""From files in the landing container to tables: what is new, what it holds, what is set aside, and the ledger."""
