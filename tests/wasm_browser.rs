//! The edge to JavaScript in a browser's worker, where the page runs it.
#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod wasm_edge;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_dedicated_worker);

edge_tests!();
