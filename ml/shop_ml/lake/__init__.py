"""The lake of events, which the analytics service writes, and the tables made from it."""
