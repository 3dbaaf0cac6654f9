// Nothing: what a process takes anyway.
