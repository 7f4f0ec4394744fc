//! What the many spellings of a browser's storage errors mean.

use protocol::storage::MemoryReason;

/// Kinds of failure that are treated differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// There is no IndexedDB.
    Missing,
    /// Not for this page.
    Denied,
    /// The database cannot be opened or read.
    Broken,
    /// The API is in a state that forbids the call.
    InvalidState,
    /// No room.
    Full,
    /// A newer build wrote it.
    Newer,
    /// Another tab holds the old layout.
    Blocked,
    /// No answer.
    TimedOut,
    /// The connection went away.
    Closed,
    /// A key exists already.
    Constraint,
    /// Anything else.
    Other,
}

/// `code` of the old `QUOTA_EXCEEDED_ERR` and of Firefox's `NS_ERROR_DOM_QUOTA_REACHED`.
const QUOTA_CODES: [u16; 2] = [22, 1014];

/// Sorts an exception by name, message and legacy code.
#[must_use]
pub fn classify(name: &str, message: &str, code: u16) -> Failure {
    let says = |part: &str| message.to_ascii_lowercase().contains(part);
    let is_quota = name.contains("Quota") || name.contains("QUOTA") || says("quota");
    if is_quota || QUOTA_CODES.contains(&code) || says("disk full") || says("no space left") {
        return Failure::Full;
    }
    // WebKit words a lost connection as UnknownError or InvalidStateError.
    if says("connection to indexed database server lost") || says("connection is closing") {
        return Failure::Closed;
    }
    match name {
        "VersionError" => Failure::Newer,
        "SecurityError" | "NotAllowedError" => Failure::Denied,
        "UnknownError" if says("denied permission") => Failure::Denied,
        "UnknownError" | "NotReadableError" | "DataError" => Failure::Broken,
        "InvalidStateError" => Failure::InvalidState,
        "ConstraintError" => Failure::Constraint,
        "TimeoutError" => Failure::TimedOut,
        _ => Failure::Other,
    }
}

impl Failure {
    /// Whether a second attempt may go better.
    #[must_use]
    pub const fn is_transient(self) -> bool {
        matches!(
            self,
            Self::Broken | Self::TimedOut | Self::Closed | Self::Other
        )
    }

    /// Why work stays in memory; `None` when it must not: data of a newer build is there, and
    /// starting empty beside it would look like a loss.
    #[must_use]
    pub const fn memory_reason(self) -> Option<MemoryReason> {
        match self {
            Self::Newer => None,
            Self::Missing => Some(MemoryReason::Missing),
            Self::Denied => Some(MemoryReason::Denied),
            Self::InvalidState => Some(MemoryReason::InvalidState),
            Self::Full => Some(MemoryReason::Full),
            Self::Blocked => Some(MemoryReason::Blocked),
            Self::TimedOut => Some(MemoryReason::TimedOut),
            Self::Broken | Self::Closed | Self::Constraint | Self::Other => {
                Some(MemoryReason::Broken)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Name, message, code and what they mean.
    const SPELLINGS: &[(&str, &str, u16, Failure)] = &[
        ("QuotaExceededError", "", 22, Failure::Full),
        (
            "QuotaExceededError",
            "Encountered full disk while opening backing store",
            0,
            Failure::Full,
        ),
        (
            "NS_ERROR_DOM_QUOTA_REACHED",
            "Persistent storage maximum size reached",
            1014,
            Failure::Full,
        ),
        ("QUOTA_EXCEEDED_ERR", "", 22, Failure::Full),
        (
            "UnknownError",
            "The current transaction exceeded its quota limitations.",
            0,
            Failure::Full,
        ),
        ("AbortError", "", 22, Failure::Full),
        ("Error", "Failed: No space left on device", 0, Failure::Full),
        (
            "VersionError",
            "The requested version (1) is less than the existing version (2).",
            0,
            Failure::Newer,
        ),
        (
            "SecurityError",
            "The operation is insecure.",
            18,
            Failure::Denied,
        ),
        (
            "UnknownError",
            "The user denied permission to access the database.",
            0,
            Failure::Denied,
        ),
        (
            "UnknownError",
            "Internal error opening backing store for indexedDB.open.",
            0,
            Failure::Broken,
        ),
        (
            "UnknownError",
            "Connection to Indexed Database server lost. Refresh the page to try again",
            0,
            Failure::Closed,
        ),
        (
            "InvalidStateError",
            "The database connection is closing.",
            11,
            Failure::Closed,
        ),
        (
            "InvalidStateError",
            "A mutation operation was attempted on a database that did not allow mutations.",
            11,
            Failure::InvalidState,
        ),
        (
            "NotReadableError",
            "Data lost due to missing file.",
            0,
            Failure::Broken,
        ),
        ("ConstraintError", "", 0, Failure::Constraint),
        ("TypeError", "undefined is not an object", 0, Failure::Other),
    ];

    #[test]
    fn st11_st12_every_spelling_is_recognised() {
        for (name, message, code, want) in SPELLINGS {
            assert_eq!(classify(name, message, *code), *want, "{name}: {message}");
        }
    }

    #[test]
    fn st09_newer_data_never_falls_back_to_an_empty_memory() {
        assert_eq!(Failure::Newer.memory_reason(), None);
        assert!(!Failure::Newer.is_transient());
    }
}
