//! Policy: dated parameters with their legal basis.
