//! What a tag says, and the handles that tags are written with.

/// The tags that make a difference; all others are ignored (R-1511).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Tag {
    #[default]
    None,
    /// A lone `!`: text as it stands, though a plain `<<` is still a merge.
    NonSpecific,
    Str,
    Bool,
    Int,
    Float,
    Null,
    Timestamp,
    Binary,
    Merge,
    Other,
}

const LONG: &str = "tag:yaml.org,2002:";

impl Tag {
    /// The tag made of a prefix and a suffix.
    pub(super) fn of(prefix: &str, suffix: &str) -> Self {
        if prefix.is_empty() && suffix == "!" || prefix == "!" && suffix.is_empty() {
            return Self::NonSpecific;
        }
        let known = |name: &str| match name {
            "str" => Self::Str,
            "bool" => Self::Bool,
            "int" => Self::Int,
            "float" => Self::Float,
            "null" => Self::Null,
            "timestamp" => Self::Timestamp,
            "binary" => Self::Binary,
            "merge" => Self::Merge,
            _ => Self::Other,
        };
        if prefix == LONG {
            return known(suffix);
        }
        let whole = [prefix, suffix].concat();
        whole.strip_prefix(LONG).map_or(Self::Other, known)
    }

    /// The short form, as messages name it.
    pub(super) fn short(self) -> &'static str {
        match self {
            Self::None | Self::Other => "",
            Self::NonSpecific => "!",
            Self::Str => "!!str",
            Self::Bool => "!!bool",
            Self::Int => "!!int",
            Self::Float => "!!float",
            Self::Null => "!!null",
            Self::Timestamp => "!!timestamp",
            Self::Binary => "!!binary",
            Self::Merge => "!!merge",
        }
    }
}

/// The handles of one document with their prefixes.
#[derive(Debug, Default)]
pub(super) struct Handles {
    declared: std::collections::BTreeMap<String, String>,
}

impl Handles {
    /// Declares a handle; `false` if it is declared already.
    pub(super) fn declare(&mut self, handle: &str, prefix: &str) -> bool {
        let fresh = !self.declared.contains_key(handle);
        if fresh {
            self.declared.insert(handle.to_owned(), prefix.to_owned());
        }
        fresh
    }

    pub(super) fn len(&self) -> usize {
        self.declared.len()
    }

    /// The tag that a handle and a suffix make; `None` for a handle that was not declared.
    pub(super) fn resolve(&self, handle: &str, suffix: &str) -> Option<Tag> {
        let prefix = match (handle, self.declared.get(handle)) {
            ("", _) => "",
            (_, Some(prefix)) => prefix,
            ("!", None) => "!",
            ("!!", None) => LONG,
            (_, None) => return None,
        };
        Some(Tag::of(prefix, suffix))
    }
}
