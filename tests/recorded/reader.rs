//! Reads recordings of the form `recorded/1`: what a control plane did, step by step, and the objects after each.

use daemonset_planner::object::value::Time;
use serde_json::Value;

/// The form that is read.
const FORMAT: &str = "recorded/1";

/// One scenario, run against a fresh control plane.
pub(crate) struct Recording {
    /// The objects before the first step.
    pub(crate) before: Objects,
    /// What was done.
    pub(crate) steps: Vec<Step>,
}

/// Something that was done, and what came of it.
pub(crate) struct Step {
    /// What it shows.
    pub(crate) title: String,
    /// Seconds since the first step when the record of it ends.
    pub(crate) until: f64,
    /// What watches saw meanwhile.
    pub(crate) trace: Vec<Seen>,
    /// The objects at `until`; absent for steps that only read.
    pub(crate) after: Option<Value>,
}

/// What a watch saw.
pub(crate) struct Seen {
    /// Seconds since the first step.
    pub(crate) at: f64,
    /// `ADDED`, `MODIFIED` or `DELETED`.
    pub(crate) change: String,
    /// The object's kind.
    pub(crate) kind: String,
    /// Its name, behind its namespace and a slash if it has one.
    pub(crate) name: String,
    /// It shows taints.
    pub(crate) shows_taints: bool,
}

/// The objects at one moment, as the API has them.
#[derive(Clone, Default)]
pub(crate) struct Objects {
    pub(crate) nodes: Vec<Value>,
    pub(crate) namespaces: Vec<Value>,
    pub(crate) daemon_sets: Vec<Value>,
    pub(crate) pods: Vec<Value>,
    pub(crate) revisions: Vec<Value>,
}

impl Objects {
    /// Takes over what an `after` shows: nodes and namespaces stand there only where they differ.
    pub(crate) fn show(&mut self, after: &Value) -> Result<(), String> {
        let lists = [
            ("nodes", &mut self.nodes, false),
            ("namespaces", &mut self.namespaces, false),
            ("daemonSets", &mut self.daemon_sets, true),
            ("pods", &mut self.pods, true),
            ("controllerRevisions", &mut self.revisions, true),
        ];
        for (key, list, always) in lists {
            match &after[key] {
                Value::Array(shown) => list.clone_from(shown),
                Value::Null if !always => {}
                _ => return Err(format!("{key} is no list")),
            }
        }
        Ok(())
    }

    /// All of them in one list, as `kubectl get -o json` prints it.
    pub(crate) fn to_list(&self) -> Value {
        let parts = [
            &self.nodes,
            &self.namespaces,
            &self.daemon_sets,
            &self.pods,
            &self.revisions,
        ];
        let items: Vec<Value> = parts.into_iter().flatten().cloned().collect();
        serde_json::json!({"apiVersion": "v1", "kind": "List", "items": items})
    }
}

/// The text under a key; empty where there is none.
pub(crate) fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

impl Recording {
    /// Reads a recording.
    pub(crate) fn read(json: &str) -> Result<Self, String> {
        let file: Value = serde_json::from_str(json).map_err(|error| error.to_string())?;
        let format = text(&file, "format");
        if format != FORMAT {
            return Err(format!("the form is {format:?}, not {FORMAT:?}"));
        }
        let mut before = Objects::default();
        before.show(&file["before"])?;
        let steps = file["steps"].as_array().ok_or("there are no steps")?;
        let steps: Result<_, String> = steps.iter().map(step).collect();
        Ok(Self {
            before,
            steps: steps?,
        })
    }

    /// Seconds since 1970 at the beginning, but for a fraction: what an object that a trace shows says of its
    /// creation.
    pub(crate) fn began(&self) -> Option<f64> {
        self.steps.iter().find_map(|step| {
            let after = step.after.as_ref()?;
            let lists = ["daemonSets", "pods", "controllerRevisions"];
            let shown = lists
                .iter()
                .filter_map(|key| after[key].as_array())
                .flatten();
            let mut added = step.trace.iter().filter(|seen| seen.change == "ADDED");
            let objects: Vec<&Value> = shown.collect();
            added.find_map(|seen| {
                let is_it = |object: &&&Value| {
                    let meta = &object["metadata"];
                    let name = format!("{}/{}", text(meta, "namespace"), text(meta, "name"));
                    text(object, "kind") == seen.kind && name == seen.name
                };
                let object = objects.iter().find(is_it)?;
                let created = Time::parse(text(&object["metadata"], "creationTimestamp"))?;
                #[allow(clippy::cast_precision_loss)] // no such precision is asked for
                let created = created.unix() as f64;
                Some(created - seen.at)
            })
        })
    }
}

fn step(step: &Value) -> Result<Step, String> {
    let number = |value: &Value, key: &str| {
        let missing = || format!("{key} is no number: {}", value[key]);
        value[key].as_f64().ok_or_else(missing)
    };
    let trace = step["trace"].as_array().map_or(&[][..], Vec::as_slice);
    let seen = |entry: &Value| {
        Ok(Seen {
            at: number(entry, "t")?,
            change: text(entry, "type").to_owned(),
            kind: text(entry, "kind").to_owned(),
            name: text(entry, "name").to_owned(),
            shows_taints: !entry["taints"].is_null(),
        })
    };
    let trace: Result<_, String> = trace.iter().map(seen).collect();
    Ok(Step {
        title: text(step, "title").to_owned(),
        until: number(step, "until")?,
        trace: trace?,
        after: step.get("after").filter(|after| after.is_object()).cloned(),
    })
}
