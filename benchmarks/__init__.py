"""What things cost, measured: `make bench`. No test asserts a time; docs/benchmarks.md says how to read the figures."""
