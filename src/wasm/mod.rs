//! The edge to JavaScript: conversions and `#[wasm_bindgen]`, nothing else.
//!
//! Uses `plan`, `report` and the switches of `admission`. Holds no logic: what is asked here is answered
//! there. Input problems are data in the answer; an error is thrown for misuse only.

mod columns;
mod nodes;
mod summary;

use wasm_bindgen::prelude::*;

use tsify::{Ts, Tsify};

use crate::admission::settings::{Platform, SettingsOverrides};
use crate::plan::answer::KUBERNETES_VERSION;
use crate::plan::{Plan, Session};
use crate::report::{self, Format};

pub use columns::Columns;
pub use summary::Summary;

/// The version of this module.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// The release of Kubernetes whose behaviour is modelled.
#[wasm_bindgen(js_name = kubernetesVersion)]
pub fn kubernetes_version() -> String {
    KUBERNETES_VERSION.to_owned()
}

/// Inputs and switches that stay on this side, to be asked again and again.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct Cluster {
    session: Session,
}

#[wasm_bindgen]
impl Cluster {
    /// No inputs, platform `kubernetes`.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an input as UTF-8 bytes, or replaces the one of that name in its place.
    pub fn set(&mut self, name: &str, bytes: &[u8]) {
        self.session.set_input(name, bytes);
    }

    /// The same with a string. Large inputs are better given as bytes.
    #[wasm_bindgen(js_name = setText)]
    pub fn set_text(&mut self, name: &str, text: &str) {
        self.session.set_input(name, text.as_bytes());
    }

    /// Takes an input away; says whether there was one.
    pub fn remove(&mut self, name: &str) -> bool {
        self.session.remove_input(name)
    }

    /// Chooses a preset of switches; single switches stay as they were set.
    #[wasm_bindgen(js_name = setPlatform)]
    pub fn set_platform(&mut self, platform: &Ts<Platform>) -> Result<(), JsError> {
        self.session.set_platform(platform.to_rust()?);
        Ok(())
    }

    /// Sets the single switches that differ from the preset, all of them at once.
    #[wasm_bindgen(js_name = setSettings)]
    pub fn set_settings(&mut self, settings: &Ts<SettingsOverrides>) -> Result<(), JsError> {
        self.session.set_settings(settings.to_rust()?);
        Ok(())
    }

    /// The whole plan as plain objects. For thousands of nodes see `columns`.
    pub fn plan(&self) -> Result<Ts<Plan>, JsError> {
        // The engine's own parser makes objects faster than calls across the edge do, and with half the code.
        let objects = js_sys::JSON::parse(&self.plan_json())
            .map_err(|_| JsError::new("the plan is no JSON"))?;
        Ok(Ts::new_unchecked(objects))
    }

    /// The whole plan as JSON, the same bytes as everywhere else.
    #[wasm_bindgen(js_name = planJson)]
    pub fn plan_json(&self) -> String {
        report::render(self.session.plan(), Format::Json)
    }

    /// The plan as text: `table`, `wide`, `json`, `yaml` or `name`; undefined for another format.
    pub fn report(&self, format: &str) -> Option<String> {
        Format::parse(format).map(|format| report::render(self.session.plan(), format))
    }

    /// What happens on one node and why, in sentences; undefined if there is no such node.
    pub fn explain(&self, node: &str) -> Option<String> {
        report::explain(self.session.plan(), node)
    }

    /// The pods that the DaemonSets get on one node, in the order of the plan's DaemonSets, with what differs from the
    /// template; DaemonSets that do not decode are left out. Undefined if there is no such node.
    #[wasm_bindgen(unchecked_return_type = "PodPlan[] | undefined")]
    pub fn pods(&self, node: &str) -> JsValue {
        let Some(pods) = self.session.pods(node) else {
            return JsValue::UNDEFINED;
        };
        let json = serde_json::to_string(&pods).unwrap_or_default();
        js_sys::JSON::parse(&json).unwrap_or(JsValue::UNDEFINED)
    }

    /// Sets the time of the sync (`2026-11-24T12:00:00Z`); without one, what is Ready has been so for long. Says whether
    /// the text is a time.
    #[wasm_bindgen(js_name = setNow)]
    #[allow(clippy::needless_pass_by_value)] // what may be absent comes as a value
    pub fn set_now(&mut self, time: Option<String>) -> bool {
        self.session.set_now(time.as_deref())
    }

    /// The node selectors that admission merges, and what they do, in sentences.
    pub fn merge(&self) -> String {
        report::merge(self.session.plan())
    }

    /// The findings as `FILE:LINE:COLUMN: severity[CODE]: …`, each with its source line and a caret.
    #[wasm_bindgen(js_name = diagnosticsText)]
    pub fn diagnostics_text(&self) -> String {
        report::diagnostics(self.session.plan(), &self.session.sources())
    }

    /// How many findings and objects there are.
    pub fn summary(&self) -> Result<Ts<Summary>, JsError> {
        Ok(Summary::of(self.session.plan()).into_ts()?)
    }

    /// One `DaemonSet`'s nodes as typed arrays; undefined if there are not so many DaemonSets.
    pub fn columns(
        &self,
        #[wasm_bindgen(js_name = daemonSet)] daemon_set: usize,
    ) -> Result<Option<Ts<Columns>>, JsError> {
        let plan = self.session.plan();
        let Some(set) = plan.daemon_sets.get(daemon_set) else {
            return Ok(None);
        };
        Ok(Some(Columns::of(set).into_ts()?))
    }

    /// Keys of labels by which the nodes fall into groups; see `labelColumn`.
    #[wasm_bindgen(js_name = labelKeys)]
    pub fn label_keys(&self) -> Vec<String> {
        nodes::label_keys(&self.session.nodes())
    }

    /// The value of one label, a node an entry, in the order of the plan's nodes; undefined where a node lacks it.
    #[wasm_bindgen(js_name = labelColumn, unchecked_return_type = "(string | undefined)[]")]
    pub fn label_column(&self, key: &str) -> Vec<JsValue> {
        nodes::label_column(&self.session.nodes(), key)
    }

    /// Where the nodes stand, in the order of the plan's nodes: for each the index of its input, its first line
    /// and its last, counted from 1.
    #[wasm_bindgen(js_name = nodeLines)]
    pub fn node_lines(&self) -> Vec<u32> {
        self.session.node_lines()
    }
}
