"""The changes of the record's tables, one a file, in order."""
