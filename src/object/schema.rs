//! The API's types, as Kubernetes declares them: one table, made at build time from `schema/`.
//!
//! Strict decoding, wrong types, completion, defaults, the template's hash and patches all ask the same table.
//! Fields keep their Go name and the order of their declaration; the JSON view of a type (its own fields and
//! those of embedded types) is sorted by name and searched in O(log n).

mod table;

use table::{FieldRow, TypeRow, name, table};

/// A type that has fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeId(u16);

/// One field of a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Field(u16);

/// What a field, an item of a list or a value of a map holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ShapeId(u16);

/// The kinds of value that the API knows, as JSON shows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// `true` or `false`.
    Bool,
    /// A whole number of 32 bits.
    Int32,
    /// A whole number of 64 bits.
    Int64,
    /// Text.
    Text,
    /// Bytes, in base64.
    Bytes,
    /// Anything: the server does not look into it.
    Any,
    /// `resource.Quantity`: text or a number (R-1522).
    Quantity,
    /// Text or a whole number of 32 bits (R-1522).
    IntOrString,
    /// A time as in RFC 3339 (R-1522).
    Time,
    /// A map with the fields of a type.
    Struct(TypeId),
    /// A list.
    List(ShapeId),
    /// A map from text.
    Map(ShapeId),
}

/// How a strategic merge patch treats a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PatchStrategy {
    /// The whole value is replaced.
    Replace,
    /// Lists are merged by the key, or as sets.
    Merge,
    /// As `Merge`, and keys that the patch does not retain go.
    MergeRetainKeys,
}

/// The release of Kubernetes that the table was taken from, as `v1.2.3`.
pub const KUBERNETES_RELEASE: &str = env!("SCHEMA_KUBERNETES_RELEASE");

/// Takes `apps/v1` apart into group and version; the core group is empty.
pub fn group_version(api_version: &str) -> (&str, &str) {
    api_version.split_once('/').unwrap_or(("", api_version))
}

/// The type of an object, by its `apiVersion` and `kind`; `None` for kinds that are not in the table.
pub fn kind(api_version: &str, kind: &str) -> Option<TypeId> {
    let (group, version) = group_version(api_version);
    table()
        .kinds
        .iter()
        .find(|([g, v, k], _)| name(*k) == kind && name(*v) == version && name(*g) == group)
        .map(|(_, id)| *id)
}

impl TypeId {
    /// The type that Go calls by this name (`v1.PodSpec`).
    pub fn named(go: &str) -> Option<Self> {
        let at = table()
            .types
            .binary_search_by(|row| name(row.name).cmp(go))
            .ok()?;
        u16::try_from(at).ok().map(Self)
    }

    fn row(self) -> Option<&'static TypeRow> {
        table().types.get(usize::from(self.0))
    }

    /// Go's name with its package (`v1.PodSpec`).
    pub fn go_name(self) -> &'static str {
        self.row().map_or("", |row| name(row.name))
    }

    /// Go's name without its package (`PodSpec`).
    pub fn short_name(self) -> &'static str {
        let full = self.go_name();
        full.rsplit_once('.').map_or(full, |(_, short)| short)
    }

    /// The fields in the order of their declaration; an embedded type is one field.
    pub fn declared(self) -> impl Iterator<Item = Field> {
        self.row()
            .map_or(0..0, |row| row.first..row.first + row.len)
            .map(Field)
    }

    fn flat(self) -> &'static [u16] {
        self.row().map_or(&[], |row| {
            let start = usize::from(row.flat_first);
            table()
                .flat
                .get(start..start + usize::from(row.flat_len))
                .unwrap_or_default()
        })
    }

    /// The fields that JSON shows, those of embedded types too, sorted by JSON name.
    pub fn fields(self) -> impl ExactSizeIterator<Item = Field> {
        self.flat().iter().map(|&at| Field(at))
    }

    /// The field of this JSON name. Cost: O(log fields).
    pub fn field(self, json: &str) -> Option<Field> {
        let flat = self.flat();
        let at = flat
            .binary_search_by(|&at| Field(at).json_name().cmp(json))
            .ok()?;
        flat.get(at).map(|&at| Field(at))
    }
}

impl Field {
    const EMPTY: &'static FieldRow = &FieldRow {
        go: 0,
        json: 0,
        shape: 0,
        merge_key: 0,
        flags: 0,
    };

    #[inline(always)]
    fn row(self) -> &'static FieldRow {
        table()
            .fields
            .get(usize::from(self.0))
            .unwrap_or(Self::EMPTY)
    }

    fn flag(self, bit: u8) -> bool {
        self.row().flags & bit != 0
    }

    /// Go's name.
    pub fn go_name(self) -> &'static str {
        name(self.row().go)
    }

    /// JSON's name; empty for an embedded type.
    #[inline(always)]
    pub fn json_name(self) -> &'static str {
        name(self.row().json)
    }

    /// What it holds; a pointer is left out, see [`Field::is_pointer`].
    pub fn shape(self) -> ShapeId {
        ShapeId(self.row().shape)
    }

    /// `omitempty`: an empty value is not written.
    pub fn omit_empty(self) -> bool {
        self.flag(1)
    }

    /// `omitzero`: a zero value is not written.
    pub fn omit_zero(self) -> bool {
        self.flag(2)
    }

    /// An embedded type, whose fields JSON shows beside the others.
    pub fn is_inline(self) -> bool {
        self.flag(4)
    }

    /// Called required by the published `OpenAPI` document (R-1528).
    pub fn is_required(self) -> bool {
        self.flag(8)
    }

    /// A pointer in Go: absent and zero differ.
    pub fn is_pointer(self) -> bool {
        self.flag(16)
    }

    /// How a strategic merge patch treats it.
    pub fn patch_strategy(self) -> PatchStrategy {
        match (self.flag(32), self.flag(64)) {
            (true, _) => PatchStrategy::Merge,
            (_, true) => PatchStrategy::MergeRetainKeys,
            _ => PatchStrategy::Replace,
        }
    }

    /// The key by which a strategic merge patch tells items of a list apart; empty where there is none.
    pub fn patch_merge_key(self) -> &'static str {
        name(self.row().merge_key)
    }
}

impl ShapeId {
    /// What it is.
    pub fn get(self) -> Shape {
        table()
            .shapes
            .get(usize::from(self.0))
            .map_or(Shape::Any, |row| row.shape)
    }

    /// How Go writes the type (`[]v1.Toleration`, `v1.TaintEffect`).
    pub fn go_name(self) -> &'static str {
        table()
            .shapes
            .get(usize::from(self.0))
            .map_or("", |row| name(row.go))
    }
}

impl From<TypeId> for Shape {
    fn from(id: TypeId) -> Self {
        Shape::Struct(id)
    }
}

/// A kind that the API server serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Served {
    /// Its group; empty for the core one.
    pub group: &'static str,
    /// Its version.
    pub version: &'static str,
    /// Its name.
    pub kind: &'static str,
    /// Its resource (`daemonsets`).
    pub plural: &'static str,
    /// Whether its objects live in namespaces.
    pub namespaced: bool,
    /// Whether a client can create one.
    pub can_create: bool,
}

impl Served {
    /// `group/version`, or the version alone in the core group.
    pub fn api_version(&self) -> String {
        if self.group.is_empty() {
            self.version.to_owned()
        } else {
            format!("{}/{}", self.group, self.version)
        }
    }
}

/// Every kind that the API server serves.
pub fn served() -> impl Iterator<Item = Served> {
    table().served.iter().map(|row| {
        let [group, version, kind] = row.group_version_kind.map(name);
        Served {
            group,
            version,
            kind,
            plural: name(row.plural),
            namespaced: row.flags & 1 != 0,
            can_create: row.flags & 2 != 0,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_leads_to_its_type() {
        assert_eq!(
            kind("apps/v1", "DaemonSet").unwrap().go_name(),
            "v1.DaemonSet"
        );
        assert_eq!(kind("v1", "Node").unwrap().short_name(), "Node");
        assert_eq!(kind("v1", "DaemonSet"), None);
        assert_eq!(kind("apps/v1", "Daemonset"), None);
        assert_eq!(kind("v1", "Secret"), None);
    }

    #[test]
    fn embedded_fields_stand_beside_the_others() {
        let volume = TypeId::named("v1.Volume").unwrap();
        assert_eq!(volume.field("name").unwrap().go_name(), "Name");
        assert_eq!(volume.field("hostPath").unwrap().go_name(), "HostPath");
        assert!(volume.declared().any(super::Field::is_inline));
        let pod = kind("v1", "Pod").unwrap();
        let names: Vec<&str> = pod.fields().map(Field::json_name).collect();
        assert_eq!(names, ["apiVersion", "kind", "metadata", "spec", "status"]);
    }

    #[test]
    fn every_field_that_json_shows_is_found_by_its_name() {
        for at in 0..table().types.len() {
            let id = TypeId(u16::try_from(at).unwrap());
            for field in id.fields() {
                assert_eq!(id.field(field.json_name()), Some(field), "{}", id.go_name());
            }
            assert_eq!(id.field("noSuchField"), None);
        }
    }

    #[test]
    fn a_field_tells_all_that_its_declaration_says() {
        let spec = TypeId::named("v1.PodSpec").unwrap();
        let tolerations = spec.field("tolerations").unwrap();
        assert_eq!(tolerations.shape().go_name(), "[]v1.Toleration");
        assert!(matches!(tolerations.shape().get(), Shape::List(_)));
        let volumes = spec.field("volumes").unwrap();
        assert_eq!(volumes.patch_strategy(), PatchStrategy::MergeRetainKeys);
        assert_eq!(volumes.patch_merge_key(), "name");
        let containers = spec.field("containers").unwrap();
        assert!(containers.is_required() && !containers.omit_empty());
        assert_eq!(containers.patch_strategy(), PatchStrategy::Merge);
        let grace = spec.field("terminationGracePeriodSeconds").unwrap();
        assert!(grace.is_pointer() && grace.omit_empty());
        assert_eq!(grace.shape().get(), Shape::Int64);
        let requests = TypeId::named("v1.ResourceRequirements").unwrap();
        assert_eq!(
            requests.field("requests").unwrap().shape().go_name(),
            "map[v1.ResourceName]resource.Quantity"
        );
        let effect = TypeId::named("v1.Taint").unwrap().field("effect").unwrap();
        assert_eq!(effect.shape().go_name(), "v1.TaintEffect");
        assert_eq!(effect.shape().get(), Shape::Text);
        let created = TypeId::named("v1.ObjectMeta")
            .unwrap()
            .field("creationTimestamp");
        assert!(created.unwrap().omit_zero());
    }

    #[test]
    fn declarations_keep_their_order() {
        let taint = TypeId::named("v1.Taint").unwrap();
        let names: Vec<&str> = taint.declared().map(Field::go_name).collect();
        assert_eq!(names, ["Key", "Value", "Effect", "TimeAdded"]);
    }

    #[test]
    fn the_served_kinds_have_their_scope() {
        let find = |kind: &str| served().find(|served| served.kind == kind).unwrap();
        let set = find("DaemonSet");
        assert_eq!(
            (set.group, set.version, set.plural, set.namespaced),
            ("apps", "v1", "daemonsets", true)
        );
        assert_eq!(set.api_version(), "apps/v1");
        assert!(!find("Node").namespaced);
        assert!(!find("ComponentStatus").can_create);
        assert_eq!(served().count(), 100);
    }

    #[test]
    fn the_table_is_of_the_planners_release() {
        assert_eq!(KUBERNETES_RELEASE, "v1.37.2");
    }
}
