//! The answer: plain data, the same bytes from the same question everywhere. Described in `docs/plan-format.md`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::admission::settings::{Platform, Settings};
use crate::diagnostic::{Diagnostic, Location};

/// The version of the format, the value of [`Plan::format`].
pub const FORMAT: &str = "daemonset-plan/1";
/// The release of Kubernetes whose behaviour is modelled.
pub const KUBERNETES_VERSION: &str = "1.37.2";

macro_rules! answer {
    ($($(#[$meta:meta])* $vis:vis $kind:ident $name:ident { $($body:tt)* })*) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        #[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(hashmap_as_object))]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        $vis $kind $name { $($body)* }
    )*};
}

answer! {
    /// A whole plan.
    pub struct Plan {
        /// Always `daemonset-plan/1`.
        pub format: String,
        /// The release of Kubernetes that is modelled.
        pub kubernetes_version: String,
        /// The preset that was asked for.
        pub platform: Platform,
        /// The switches in force.
        pub settings: Settings,
        /// The plan in one sentence.
        pub sentence: String,
        /// What each input was taken for, in the order of the inputs.
        pub inputs: Vec<InputSummary>,
        /// One entry a DaemonSet, by namespace and name.
        pub daemon_sets: Vec<DaemonSetPlan>,
        /// Objects of kinds that play no part, in the order of the inputs.
        pub other_objects: Vec<OtherObjectSummary>,
        /// Findings, in the order of the inputs and their texts; those without a place last.
        pub diagnostics: Vec<Diagnostic>,
    }

    /// What an input was taken for.
    pub struct InputSummary {
        /// The input's name.
        pub name: String,
        /// One sentence: "YAML: 1 DaemonSet", "a table of 10 nodes".
        pub taken_for: String,
        /// Objects read, by kind.
        pub objects: BTreeMap<String, u32>,
    }

    /// An object that plays no part in the plan.
    pub struct OtherObjectSummary {
        /// `apiVersion`.
        pub api_version: String,
        /// `kind`.
        pub kind: String,
        /// Empty for objects without one.
        pub namespace: String,
        /// `metadata.name`.
        pub name: String,
        /// Where it stands.
        pub location: Location,
    }

    /// What becomes of one DaemonSet.
    pub struct DaemonSetPlan {
        /// `default` where the manifest names none.
        pub namespace: String,
        /// `metadata.name`.
        pub name: String,
        /// Where it stands.
        pub location: Location,
        /// Its plan in one sentence.
        pub sentence: String,
        /// How many nodes each thing happens on.
        pub counts: Counts,
        /// Every node of the inputs, in name order.
        pub nodes: Vec<NodePlan>,
        /// The reasons of all nodes put together, the one that covers the most nodes first.
        pub reason_groups: Vec<ReasonGroup>,
        /// Pods of this DaemonSet that stand on no node of the inputs, in name order.
        pub pods_elsewhere: Vec<PodElsewhere>,
        /// The node selector that admission merges in, and what it does.
        pub merge: Merge,
        /// What the controller's next sync writes besides, and the status as it computes it.
        pub sync: SyncPlan,
        /// What this plan leaves out although it would change the answer.
        pub not_judged: Vec<String>,
    }

    /// Numbers of nodes; the last three of pods.
    pub struct Counts {
        /// Nodes in the inputs.
        pub nodes: u32,
        /// Nodes on which a pod should run.
        pub should_run: u32,
        /// Nodes that get a pod.
        pub create: u32,
        /// Nodes that keep theirs.
        pub keep: u32,
        /// Nodes that lose theirs.
        pub delete: u32,
        /// Nodes whose pod of an older template is replaced now.
        pub roll: u32,
        /// Nodes whose pod of an older template waits for its turn.
        pub wait: u32,
        /// Nodes on which nothing happens.
        pub none: u32,
        /// Nodes that the template allows and a namespace's or the cluster's node selector leaves out.
        pub lost: u32,
        /// Pods without an owner that become the DaemonSet's.
        pub adopt: u32,
        /// Pods of the DaemonSet that its selector does not match, and that are let go.
        pub release: u32,
        /// Pods whose label `controller-revision-hash` is rewritten.
        pub relabel: u32,
    }

    /// What happens on one node.
    pub struct NodePlan {
        /// `metadata.name`.
        pub name: String,
        /// A node without a pod of the DaemonSet gets one.
        pub should_run: bool,
        /// A pod that is there may stay.
        pub should_continue_running: bool,
        /// What the controller does.
        pub action: Action,
        /// Why, all of it; empty where nothing needs to be said.
        pub reasons: Vec<Reason>,
        /// The DaemonSet's pods on this node, in name order.
        pub pods: Vec<PodOnNode>,
        /// What becomes of a pod that is created here, as far as node selectors decide it.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub created: Option<CreatedPod>,
    }

    /// What the controller does on a node.
    #[derive(Copy, Eq)]
    pub enum Action {
        /// Makes a pod.
        Create,
        /// Leaves the pod that is there.
        Keep,
        /// Deletes the pod that is there.
        Delete,
        /// Replaces the pod that is there by one of the present template: deletes it, or with surge makes
        /// its successor.
        Roll,
        /// Leaves the pod that is there until its turn to be replaced comes.
        Wait,
        /// Nothing.
        None,
    }

    /// A pod of the DaemonSet.
    pub struct PodOnNode {
        /// `metadata.name`.
        pub name: String,
        /// Whether it is the DaemonSet's already.
        pub ownership: Ownership,
        /// What the controller does with it: `keep`, `delete`, or `none` for one that is going already.
        pub action: Action,
        /// Whether it is of the present template; absent where the inputs do not tell.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub updated: Option<bool>,
        /// Its label `controller-revision-hash` is rewritten.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        pub relabel: bool,
    }

    /// Whose a pod is.
    #[derive(Copy, Eq)]
    pub enum Ownership {
        /// Its controller reference names the DaemonSet.
        Owned,
        /// It has no controller and the selector matches: the DaemonSet adopts it.
        Orphan,
        /// Its controller reference names the DaemonSet, but the selector does not match: it is released.
        Released,
        /// A table shows no owner: taken for the DaemonSet's by its name.
        ByName,
    }

    /// A pod that stands on no node of the inputs.
    pub struct PodElsewhere {
        /// `metadata.name`.
        pub name: String,
        /// The node that it names; empty where it names none.
        pub node: String,
        /// Whose it is.
        pub ownership: Ownership,
        /// What becomes of it, in a sentence.
        pub sentence: String,
    }

    /// What one sync of the controller writes besides pods, given the inputs as its cache.
    pub struct SyncPlan {
        /// The label `controller-revision-hash` of pods that are created now; absent where the template does
        /// not decode, or nothing is synced.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub hash: Option<String>,
        /// The revisions of the inputs, by number, and the one that is created.
        pub revisions: Vec<RevisionPlan>,
        /// How far the rollout is.
        pub rollout: RolloutPlan,
        /// The status as the controller computes it from these inputs; absent where it computes none.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub status: Option<StatusPlan>,
        /// What the order of a Go map decides, and this plan does not.
        pub choices: Vec<ChoicePlan>,
        /// What else is worth knowing: limits, back-off, errors, a rollout that never ends. In sentences.
        pub notes: Vec<String>,
    }

    /// A `ControllerRevision`.
    #[derive(Eq)]
    pub struct RevisionPlan {
        /// `metadata.name`.
        pub name: String,
        /// `revision`, afterwards.
        pub revision: i64,
        /// The label `controller-revision-hash`, afterwards.
        pub hash: String,
        /// It holds the present template.
        pub current: bool,
        /// What the controller does with it.
        pub action: RevisionAction,
    }

    /// What the controller does with a revision.
    #[derive(Copy, Eq)]
    pub enum RevisionAction {
        /// Makes it.
        Create,
        /// Gives it a new number or a hash label.
        Update,
        /// Leaves it.
        Keep,
        /// Deletes it: it is older than `revisionHistoryLimit` keeps, or says the same as the current one.
        Delete,
        /// Makes it its own.
        Adopt,
        /// Lets it go.
        Release,
    }

    /// How far a rollout is.
    #[derive(Eq)]
    pub struct RolloutPlan {
        /// `RollingUpdate`, `OnDelete`, or what stands in the manifest.
        pub strategy: String,
        /// `maxUnavailable` as a number of nodes; absent where no step is made now.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub max_unavailable: Option<i64>,
        /// `maxSurge` as a number of nodes; absent where no step is made now.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub max_surge: Option<i64>,
        /// Nodes whose pod is of an older template.
        pub outdated: u32,
        /// What it does now and what it waits for, in a sentence; empty where nothing is to be rolled.
        pub sentence: String,
    }

    /// `status`, as the controller computes it.
    pub struct StatusPlan {
        /// The counters, in the order in which kubectl shows them.
        pub counters: Vec<StatusCounter>,
        /// `observedGeneration`.
        pub observed_generation: i64,
        /// `collisionCount`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub collision_count: Option<i32>,
        /// The controller writes it: it differs from what is stored.
        pub written: bool,
    }

    /// A counter of the status, opened.
    pub struct StatusCounter {
        /// The field: `numberReady`.
        pub name: String,
        /// The number of nodes.
        pub value: i32,
        /// What the inputs show as stored; absent where they show no status.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub stored: Option<i32>,
        /// Nodes that make the difference, in name order: for `currentNumberScheduled` those that should run a pod and
        /// have none; for `numberMisscheduled` those that have one and should not; for `updatedNumberScheduled` those
        /// whose pod is of an older template; for `numberReady` those whose pod is not Ready; for `numberAvailable`
        /// those whose pod has been Ready for less than `minReadySeconds`. The others follow from these.
        pub nodes: Vec<String>,
        /// All of it in a sentence.
        pub sentence: String,
    }

    /// A free choice of the controller: it takes any `count` of `from`.
    #[derive(Eq)]
    pub struct ChoicePlan {
        /// What it does with those that it takes.
        pub what: ChoiceKind,
        /// Names of nodes (`create`, `replace`), pods (`delete`) or revisions (`deleteRevision`).
        pub from: Vec<String>,
        /// How many it takes.
        pub count: u32,
        /// The same in a sentence.
        pub sentence: String,
    }

    /// What is chosen.
    #[derive(Copy, Eq)]
    pub enum ChoiceKind {
        /// Nodes that get a pod first.
        Create,
        /// Nodes whose pod is replaced first.
        Replace,
        /// Pods that are deleted.
        Delete,
        /// Revisions that are deleted.
        DeleteRevision,
    }

    /// What becomes of a created pod, as far as node selectors decide it.
    pub struct CreatedPod {
        /// The outcome.
        pub outcome: Outcome,
        /// The pod's node selector after admission; absent where it is refused.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub node_selector: Option<BTreeMap<String, String>>,
        /// The refusal's text, or what the scheduler or kubelet would say; empty where the pod is let onto the node.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        pub message: String,
    }

    /// What becomes of a pod.
    #[derive(Copy, Eq)]
    pub enum Outcome {
        /// Node selectors let it onto its node. Room, ports and the like are not judged.
        Admitted,
        /// It is made once and stays Pending for ever.
        Pending,
        /// The API server refuses it at creation; the controller tries again and again.
        Refused,
        /// It is bound by name, the kubelet rejects it, and it is made again and again.
        Rejected,
        /// The controller makes no pod and does not count the node as desired.
        NoPod,
        /// A pod is there already and stays: admission touches new pods only. A new one would not run.
        Stays,
    }

    /// One reason for a verdict or an action.
    pub struct Reason {
        /// The rule behind it (`docs/behaviour.md`).
        pub rule: String,
        /// Stable name of the kind of reason.
        pub code: ReasonCode,
        /// What it does to the node.
        pub effect: ReasonEffect,
        /// The same for every node that it holds for: "taint gpu=true:NoSchedule is not tolerated".
        pub summary: String,
        /// The object that it lies in.
        pub object: ObjectRef,
        /// The field of that object.
        pub path: String,
        /// Where it stands, if it stands in an input.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub span: Option<Location>,
        /// What is there.
        pub found: String,
        /// What would be needed.
        pub wanted: String,
        /// All of it in one sentence.
        pub sentence: String,
        /// What would remove it.
        pub change: Change,
    }

    /// The pod that a DaemonSet gets on a node, and how it differs from the template.
    #[derive(Eq)]
    pub struct PodPlan {
        /// The DaemonSet's namespace.
        pub namespace: String,
        /// The DaemonSet.
        pub daemon_set: String,
        /// The node.
        pub node: String,
        /// Whether a pod should run there; one that should not is shown all the same.
        pub should_run: bool,
        /// The pod as YAML, as the controller posts it and as admission merges node selectors into it. What differs from
        /// the template is marked by comments.
        pub yaml: String,
        /// What differs from the template.
        pub changes: Vec<PodChange>,
        /// Why the API server refuses it; empty where it does not.
        pub refusal: String,
    }

    /// A field of the pod that differs from the template.
    #[derive(Eq)]
    pub struct PodChange {
        /// The field, the same in pod and template: `spec.tolerations[2]`.
        pub path: String,
        /// What happened to it.
        pub kind: PodChangeKind,
        /// The template's value as JSON; absent where it has none.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub template: Option<String>,
        /// The pod's value as JSON; absent where it has none.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub pod: Option<String>,
        /// The rule that says so.
        pub rule: String,
        /// Who does it and why, in a sentence.
        pub sentence: String,
    }

    /// What happened to a field of the template.
    #[derive(Copy, Eq)]
    pub enum PodChangeKind {
        /// The template has nothing there.
        Added,
        /// The template's own value gave way.
        Replaced,
        /// The template's value is not taken over.
        Dropped,
    }

    /// Names an object.
    #[derive(Eq)]
    pub struct ObjectRef {
        /// `kind`.
        pub kind: String,
        /// Absent for objects without one.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub namespace: Option<String>,
        /// `metadata.name`.
        pub name: String,
    }

    /// What a reason does.
    #[derive(Copy, Eq, PartialOrd, Ord)]
    pub enum ReasonEffect {
        /// No new pod, and a pod that is there is deleted.
        Evicts,
        /// No new pod; a pod that is there stays.
        BlocksNew,
        /// The pod is created, but never gets onto the node.
        LosesPod,
        /// Only worth knowing.
        Note,
    }

    /// Reasons of the same kind, over all nodes.
    pub struct ReasonGroup {
        /// The reason's kind.
        pub code: ReasonCode,
        /// What it does.
        pub effect: ReasonEffect,
        /// The rule behind it.
        pub rule: String,
        /// The reasons' common summary.
        pub summary: String,
        /// The nodes, in name order.
        pub nodes: Vec<String>,
        /// A change that removes the reason from all of the nodes, if one does.
        pub change: Change,
    }

    /// The node selector that admission merges into the DaemonSet's pods.
    pub struct Merge {
        /// The template's own.
        pub template: BTreeMap<String, String>,
        /// The texts in force: none or one, two only where switches are combined that no platform combines.
        pub in_force: Vec<SelectorInForce>,
        /// Why these and no others, in a sentence.
        pub why: String,
        /// The pod's node selector after admission; absent where admission refuses the pod.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub merged: Option<BTreeMap<String, String>>,
        /// Why admission refuses the pod.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub refusal: Option<RefusalSummary>,
        /// One sentence: what is merged, from where, and what it does.
        pub sentence: String,
        /// Nodes that the template allows and the selector in force leaves out, in name order.
        pub lost: Vec<LostNode>,
        /// Ways to get the nodes back, each tried by planning again.
        pub fixes: Vec<MergeFix>,
    }

    /// Which text is in force, and why.
    pub struct SelectorInForce {
        /// Where it comes from.
        pub source: SelectorSource,
        /// The text itself.
        pub text: String,
        /// Where it stands, if it stands in an input.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub span: Option<Location>,
        /// Whether admission merges it into pods.
        pub merged: bool,
        /// Whether the DaemonSet controller asks it.
        pub controller_asks: bool,
    }

    /// Where a node selector comes from.
    #[derive(Copy, Eq)]
    pub enum SelectorSource {
        /// The annotation `scheduler.alpha.kubernetes.io/node-selector`.
        KubeAnnotation,
        /// The annotation `openshift.io/node-selector`.
        ProjectAnnotation,
        /// OpenShift's default: `spec.defaultNodeSelector` of the Scheduler `cluster`.
        ProjectDefault,
        /// OpenShift's default as only the controller was told it: `projectConfig.defaultNodeSelector`.
        ControllerDefault,
        /// `clusterDefaultNodeSelector` of PodNodeSelector's configuration.
        ClusterDefault,
    }

    /// A refusal by the API server.
    #[derive(Eq)]
    pub struct RefusalSummary {
        /// The admission plugin.
        pub plugin: String,
        /// HTTP status.
        pub http_status: u16,
        /// The server's text.
        pub message: String,
        /// The text of the DaemonSet's event.
        pub event: String,
    }

    /// A node that the merge loses.
    #[derive(Eq)]
    pub struct LostNode {
        /// `metadata.name`.
        pub name: String,
        /// What becomes of the pod there.
        pub outcome: Outcome,
        /// Which part of the selector the node does not match, and what becomes of the pod, in a sentence.
        pub sentence: String,
        /// Pods that are there and stay Pending until somebody deletes them.
        pub pods_to_delete: Vec<String>,
    }

    /// A way to get lost nodes back.
    #[derive(Eq)]
    pub struct MergeFix {
        /// What it does, in a sentence.
        pub sentence: String,
        /// The commands, in order.
        pub commands: Vec<String>,
        /// What must be deleted by hand afterwards.
        pub then: Vec<String>,
        /// The right that it needs, and who has it.
        pub needs: String,
        /// Nodes that it frees, in name order, as found by planning again.
        pub frees: Vec<String>,
    }
}

impl Action {
    /// Every action.
    pub const ALL: &'static [Action] = &[
        Action::Create,
        Action::Keep,
        Action::Delete,
        Action::Roll,
        Action::Wait,
        Action::None,
    ];
}

/// What would remove a reason.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "kind")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Change {
    /// A command to run.
    #[serde(rename_all = "camelCase")]
    Command {
        /// The command line.
        command: String,
        /// What it does, in a sentence.
        sentence: String,
    },
    /// An edit of a manifest.
    #[serde(rename_all = "camelCase")]
    Edit {
        /// The object to edit.
        object: ObjectRef,
        /// JSON patch operations (RFC 6902), in order.
        patch: Vec<PatchOperation>,
        /// What it does, in a sentence.
        sentence: String,
        /// The same as YAML to paste, where it adds something.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        yaml: String,
    },
    /// Nothing that a person can change here.
    #[serde(rename_all = "camelCase")]
    None {
        /// Why not.
        why: String,
    },
}

/// One operation of a JSON patch (RFC 6902).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PatchOperation {
    /// `add`, `remove` or `replace`.
    pub op: String,
    /// A JSON pointer from the object.
    pub path: String,
    /// The value of `add` and `replace`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(type = "unknown"))]
    pub value: Option<PatchValue>,
}

/// The value of a patch operation: any JSON, as far as the planner patches. It has no numbers, and so needs none of
/// the tables that writing them takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum PatchValue {
    /// A text.
    Text(String),
    /// A list.
    List(Vec<PatchValue>),
    /// An object.
    Fields(BTreeMap<String, PatchValue>),
}

impl PatchValue {
    /// An object of these fields.
    pub(crate) fn fields<const N: usize>(fields: [(&str, PatchValue); N]) -> Self {
        let fields = fields.into_iter();
        Self::Fields(
            fields
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
        )
    }
}

impl From<&str> for PatchValue {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

macro_rules! reason_codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal, $rule:literal;)*) => {
        /// The kinds of reasons. Stable: a code never changes its meaning.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub enum ReasonCode {
            $($(#[$doc])* #[serde(rename = $text)] $name,)*
        }

        impl ReasonCode {
            /// Every code.
            pub const ALL: &'static [ReasonCode] = &[$(ReasonCode::$name),*];

            /// The code as it is written.
            pub fn as_str(self) -> &'static str {
                match self { $(ReasonCode::$name => $text),* }
            }

            /// The rule behind it.
            pub fn rule(self) -> &'static str {
                match self { $(ReasonCode::$name => $rule),* }
            }
        }
    };
}

reason_codes! {
    /// The template's `nodeName` is another node's.
    NodeName = "node-name", "R-101";
    /// The node lacks a label that the template's `nodeSelector` demands.
    SelectorLabelMissing = "selector-label-missing", "R-111";
    /// The node has the label with another value.
    SelectorLabelDiffers = "selector-label-differs", "R-111";
    /// The required node affinity has no terms and so matches no node.
    AffinityWithoutTerms = "affinity-without-terms", "R-113";
    /// A term has neither expressions nor fields and so matches no node.
    AffinityTermEmpty = "affinity-term-empty", "R-114";
    /// A term has an error and so never matches.
    AffinityTermInvalid = "affinity-term-invalid", "R-119";
    /// An expression of a term does not match the node's labels.
    AffinityExpression = "affinity-expression", "R-115";
    /// A field requirement of a term does not match the node's name.
    AffinityField = "affinity-field", "R-116";
    /// A taint with effect `NoSchedule` is not tolerated.
    TaintNoSchedule = "taint-no-schedule", "R-103";
    /// A taint with effect `NoExecute` is not tolerated.
    TaintNoExecute = "taint-no-execute", "R-103";
    /// The input does not show the labels that decide.
    LabelsNotShown = "labels-not-shown", "R-1571";
    /// The controller asks the namespace's node selector, and the node does not match it.
    NamespaceSelector = "namespace-selector", "R-377";
    /// Admission merges a node selector into the pod that its node does not match.
    MergedSelector = "merged-selector", "R-313";
    /// Admission refuses the pod.
    AdmissionRefuses = "admission-refuses", "R-395";
    /// A pod is there already and may stay.
    PodPresent = "pod-present", "R-610";
    /// A pod is there that is being deleted; a new one is made when it is gone.
    PodTerminating = "pod-terminating", "R-611";
    /// A pod is there that has failed; it is deleted and made again.
    PodFailed = "pod-failed", "R-613";
    /// A pod is there that has succeeded; it is deleted and made again.
    PodSucceeded = "pod-succeeded", "R-612";
    /// The pod that is there is of an older template.
    PodOutdated = "pod-outdated", "R-805";
    /// The pod that is there is of an older template and waits for its turn.
    RolloutWaits = "rollout-waits", "R-820";
    /// The node is cordoned, which keeps no DaemonSet's pod away.
    Cordoned = "cordoned", "R-106";
    /// The node is not ready, which the controller does not look at.
    NotReady = "not-ready", "R-105";
}

impl SelectorSource {
    /// The thing that holds the text, as its platform names it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::KubeAnnotation => "annotation scheduler.alpha.kubernetes.io/node-selector",
            Self::ProjectAnnotation => "annotation openshift.io/node-selector",
            Self::ProjectDefault => "spec.defaultNodeSelector of Scheduler cluster",
            Self::ControllerDefault => {
                "projectConfig.defaultNodeSelector of the controller manager"
            }
            Self::ClusterDefault => "clusterDefaultNodeSelector of podNodeSelectorPluginConfig",
        }
    }
}
