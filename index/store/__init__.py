"""The database of a library: the only place that says sqlite3 or any SQL. Everybody else asks it by name.

`store` is the open database (connections, transactions, edits), `schema` its tables and versions, `journal` the undo,
`backups` its copies, `checks` what is asked of it as a whole. The other modules are a noun each, with what can be asked
and written about it; `columns` says how nouns lie in columns, `searchable` is what searching reads.
"""
