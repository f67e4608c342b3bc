"""Who may do what to which record for which purpose.

One answer, `Grant` or `Refusal`, serves the button, the explanation and the record. Roles, purposes and policies are
tables; PostgreSQL's row-level security is the second wall behind them. Decree 13/2023/ND-CP art. 3: data are used for
the purpose that was declared.
"""
