"""The figures that the pages show: pure functions from an Assessment to small frames. No screen, no state."""
