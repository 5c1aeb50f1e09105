"""The editor's desk: configuration, decisions on findings, records of sign-off, versions compared."""
