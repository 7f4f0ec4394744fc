//! The frame around every message.

use crate::{Event, Reply, Request, VERSION};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Which of the three head types an envelope carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// Page to worker, answered by exactly one [`Kind::Reply`] with the same id.
    Request,
    /// Worker to page.
    Reply,
    /// Worker to page, unasked; `id` is that of the request it belongs to, or 0.
    Event,
    /// Coordinator to shard: one job of a plan run.
    Job,
    /// Shard to coordinator: the result of a job.
    Done,
    /// Page to a freshly started worker: what it is to be.
    Role,
}

impl Kind {
    const ALL: [Self; 6] = [
        Self::Request,
        Self::Reply,
        Self::Event,
        Self::Job,
        Self::Done,
        Self::Role,
    ];

    /// The name in the JavaScript object.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Request => "req",
            Self::Reply => "res",
            Self::Event => "evt",
            Self::Job => "job",
            Self::Done => "done",
            Self::Role => "role",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// One message; in the browser the object `{v, id, kind, head, bufs}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// [`VERSION`] of the sender.
    pub version: u16,
    /// Request id, counted up by the page.
    pub id: u32,
    /// What `head` decodes to.
    pub kind: Kind,
    /// postcard bytes.
    pub head: Vec<u8>,
    /// Bulk data, transferred.
    pub bufs: Vec<Vec<u8>>,
}

/// A message that is not of this protocol.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WireError {
    /// The other side speaks another version.
    Version {
        /// The version found.
        found: u16,
    },
    /// The envelope is of another kind than wanted.
    Kind {
        /// The kind found.
        found: Kind,
    },
    /// The head does not decode.
    Head,
    /// The buffers are not what the head says.
    Buffers,
}

impl fmt::Display for WireError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Version { found } => write!(f, "message of protocol version {found}"),
            Self::Kind { found } => write!(f, "unexpected message kind {}", found.as_str()),
            Self::Head => f.write_str("undecodable message head"),
            Self::Buffers => f.write_str("message buffers do not match the head"),
        }
    }
}

impl std::error::Error for WireError {}

impl Envelope {
    /// Wraps a request.
    #[must_use]
    pub fn request(id: u32, request: &Request, bufs: Vec<Vec<u8>>) -> Self {
        Self::wrap(id, Kind::Request, request, bufs)
    }

    /// Wraps a reply.
    #[must_use]
    pub fn reply(id: u32, reply: &Reply, bufs: Vec<Vec<u8>>) -> Self {
        Self::wrap(id, Kind::Reply, reply, bufs)
    }

    /// Wraps an event.
    #[must_use]
    pub fn event(id: u32, event: &Event) -> Self {
        Self::wrap(id, Kind::Event, event, Vec::new())
    }

    /// Wraps any head; the kind must say which type it is.
    #[must_use]
    pub fn wrap<T: Serialize>(id: u32, kind: Kind, head: &T, bufs: Vec<Vec<u8>>) -> Self {
        // Serialising into a growing Vec fails only for types postcard cannot express
        // (maps of unknown length), which no message holds; an empty head is refused on arrival.
        let head = postcard::to_stdvec(head).unwrap_or_default();
        Self {
            version: VERSION,
            id,
            kind,
            head,
            bufs,
        }
    }

    /// Decodes the head.
    ///
    /// # Errors
    /// Another version or kind, or bytes that do not decode completely.
    pub fn open<T: DeserializeOwned>(&self, kind: Kind) -> Result<T, WireError> {
        if self.version != VERSION {
            return Err(WireError::Version {
                found: self.version,
            });
        }
        if self.kind != kind {
            return Err(WireError::Kind { found: self.kind });
        }
        match postcard::take_from_bytes(&self.head) {
            Ok((head, [])) => Ok(head),
            Ok(_) | Err(_) => Err(WireError::Head),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_arrives_as_it_was_sent() {
        let sent = Envelope::request(7, &Request::Ping, vec![vec![1, 2, 3]]);
        assert_eq!(sent.open::<Request>(Kind::Request), Ok(Request::Ping));
        assert_eq!(sent.bufs, [[1, 2, 3]]);
    }

    #[test]
    fn foreign_messages_are_refused() {
        let good = Envelope::request(7, &Request::Ping, Vec::new());
        let other_version = Envelope {
            version: VERSION + 1,
            ..good.clone()
        };
        let trailing = Envelope {
            head: [good.head.as_slice(), &[0]].concat(),
            ..good.clone()
        };
        let empty = Envelope {
            head: Vec::new(),
            ..good.clone()
        };
        let open = |envelope: &Envelope| envelope.open::<Request>(Kind::Request);
        assert_eq!(
            open(&other_version),
            Err(WireError::Version { found: VERSION + 1 })
        );
        assert_eq!(open(&trailing), Err(WireError::Head));
        assert_eq!(open(&empty), Err(WireError::Head));
        assert_eq!(
            good.open::<Reply>(Kind::Reply),
            Err(WireError::Kind {
                found: Kind::Request
            })
        );
    }

    #[test]
    fn kinds_keep_their_names() {
        for kind in Kind::ALL {
            assert_eq!(Kind::from_name(kind.as_str()), Some(kind));
        }
    }
}
