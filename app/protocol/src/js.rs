//! Envelopes as the JavaScript objects that `postMessage` carries.

use crate::envelope::{Envelope, Kind, WireError};
use js_sys::{Array, ArrayBuffer, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

/// A message ready to post: the object and the buffers to transfer with it.
#[derive(Clone, Debug)]
pub struct Posted {
    /// `{v, id, kind, head, bufs}`.
    pub message: JsValue,
    /// Buffers that change hands instead of being copied.
    pub transfer: Array,
}

/// The object form of an envelope.
#[must_use]
pub fn to_js(envelope: &Envelope) -> Posted {
    let transfer = Array::new();
    let bufs = Array::new();
    for bytes in &envelope.bufs {
        let buffer = Uint8Array::from(bytes.as_slice()).buffer();
        transfer.push(&buffer);
        bufs.push(&buffer);
    }
    let head = Uint8Array::from(envelope.head.as_slice());
    transfer.push(&head.buffer());
    let message = Object::new();
    let fields: [(&str, JsValue); 5] = [
        ("v", f64::from(envelope.version).into()),
        ("id", f64::from(envelope.id).into()),
        ("kind", envelope.kind.as_str().into()),
        ("head", head.into()),
        ("bufs", bufs.into()),
    ];
    for (name, value) in fields {
        // Setting a field of an object made here cannot fail; a message without it is refused
        // on arrival anyway.
        Reflect::set(&message, &name.into(), &value).unwrap_or(false);
    }
    Posted {
        message: message.into(),
        transfer,
    }
}

/// Reads an object form.
///
/// # Errors
/// [`WireError::Head`] when a field is missing or of another type.
pub fn from_js(message: &JsValue) -> Result<Envelope, WireError> {
    let field =
        |name: &str| Reflect::get(message, &name.into()).map_err(|_exception| WireError::Head);
    let number = |name: &str| {
        field(name)?
            .as_f64()
            .filter(|value| *value >= 0.0)
            .ok_or(WireError::Head)
    };
    let kind = field("kind")?
        .as_string()
        .and_then(|name| Kind::from_name(&name))
        .ok_or(WireError::Head)?;
    let head: Uint8Array = field("head")?
        .dyn_into()
        .map_err(|_value| WireError::Head)?;
    let list: Array = field("bufs")?
        .dyn_into()
        .map_err(|_value| WireError::Buffers)?;
    let mut bufs = Vec::with_capacity(list.length() as usize);
    for value in list.iter() {
        let buffer: ArrayBuffer = value.dyn_into().map_err(|_value| WireError::Buffers)?;
        bufs.push(Uint8Array::new(&buffer).to_vec());
    }
    // Casts saturate: a version or id out of range matches nothing.
    Ok(Envelope {
        version: number("v")? as u16,
        id: number("id")? as u32,
        kind,
        head: head.to_vec(),
        bufs,
    })
}
