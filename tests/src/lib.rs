//! Fixtures and helpers shared by the acceptance tests.
