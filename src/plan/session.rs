//! Inputs that stay, and are asked again and again: what a page or a long-running tool holds.

use crate::admission::settings::{Platform, SettingsOverrides};
use crate::plan::answer::{FORMAT, KUBERNETES_VERSION, Plan};
use crate::plan::request::PlanRequest;
use crate::text::SourceText;

/// Plans once.
pub fn plan(request: &PlanRequest) -> Plan {
    let mut session = Session::default();
    session.set_platform(request.platform);
    session.set_settings(request.settings.clone());
    for input in &request.inputs {
        session.set_input(&input.name, input.text.as_bytes());
    }
    session.plan()
}

/// Inputs and switches. An input is read once, when it is set; planning reads no text again.
#[derive(Debug, Default)]
pub struct Session {
    platform: Platform,
    overrides: SettingsOverrides,
    sources: Vec<SourceText>,
}

impl Session {
    /// Adds an input, or replaces the one of that name in its place.
    pub fn set_input(&mut self, name: &str, bytes: &[u8]) {
        let source = SourceText::new(name, String::from_utf8_lossy(bytes));
        match self.sources.iter_mut().find(|old| old.name == name) {
            Some(old) => *old = source,
            None => self.sources.push(source),
        }
    }

    /// Takes an input away; says whether there was one.
    pub fn remove_input(&mut self, name: &str) -> bool {
        let before = self.sources.len();
        self.sources.retain(|source| source.name != name);
        self.sources.len() < before
    }

    /// Chooses a preset; single switches stay as they were set.
    pub fn set_platform(&mut self, platform: Platform) {
        self.platform = platform;
    }

    /// Sets the single switches, all of them.
    pub fn set_settings(&mut self, overrides: SettingsOverrides) {
        self.overrides = overrides;
    }

    /// The inputs, in their order.
    pub fn sources(&self) -> &[SourceText] {
        &self.sources
    }

    /// Plans what is there now.
    pub fn plan(&self) -> Plan {
        Plan {
            format: FORMAT.to_owned(),
            kubernetes_version: KUBERNETES_VERSION.to_owned(),
            platform: self.platform,
            settings: self.platform.settings().with(&self.overrides),
            sentence: String::new(),
            inputs: vec![],
            daemon_sets: vec![],
            other_objects: vec![],
            diagnostics: vec![],
        }
    }
}
