"""Public registers: each one fetched, parsed and kept as a dated, checksummed snapshot on this machine."""
