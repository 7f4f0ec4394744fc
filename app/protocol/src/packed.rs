//! Answers in a form that only the screen which shows them needs to know.

use serde::Serialize;
use serde::de::DeserializeOwned;

/// What travels as bytes inside an answer.
pub trait Packed: Serialize + DeserializeOwned {
    /// The form it travels in.
    #[must_use]
    fn pack(&self) -> Vec<u8> {
        postcard::to_stdvec(self).unwrap_or_default()
    }

    /// Reads what [`Packed::pack`] made; `None` if it is something else.
    #[must_use]
    fn unpack(bytes: &[u8]) -> Option<Self> {
        postcard::from_bytes(bytes).ok()
    }
}
