//! Proxy-means test.
