"""The application: wires engine, registers and records together, for the command line and the browser."""
