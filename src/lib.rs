//! Which pods a DaemonSet would create, keep and delete, on which node, and why.
//!
//! Text goes in one end (YAML, JSON, what `kubectl` prints), a plan comes out of the other. Everything
//! between is a pure function: no clock, no network, no randomness. See `docs/architecture.md` for the
//! rooms and who may use whom; the order of the modules below is that order.

#![forbid(unsafe_code)]
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic
    )
)]

pub mod admission;
pub mod cluster;
pub mod controller;
pub mod diagnostic;
pub mod object;
pub mod plan;
pub mod report;
pub mod selector;
pub mod text;
#[cfg(target_arch = "wasm32")]
pub mod wasm;

/// The example of README.md is compiled and run with the tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;
