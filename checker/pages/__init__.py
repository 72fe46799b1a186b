"""The pages of the app: one screen a file."""
