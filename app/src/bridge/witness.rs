//! localStorage: the witness of every save, read at the start. Identifiers are made here too.
//!
//! Workers have no localStorage, so they tell the page after each completed strict transaction and
//! the page writes. A save is only shown as such after that.

use protocol::ids::uuid_v7;
use protocol::storage::Witness;
use protocol::{OpId, WorkspaceId};

fn local_storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

/// Every witness this browser keeps.
pub(super) fn all() -> Vec<(WorkspaceId, String)> {
    let Some(storage) = local_storage() else {
        return Vec::new();
    };
    let keys =
        (0..storage.length().unwrap_or(0)).filter_map(|index| storage.key(index).ok().flatten());
    let entry = |key: String| {
        let workspace = key.strip_prefix(Witness::KEY_PREFIX)?.parse().ok()?;
        Some((workspace, storage.get_item(&key).ok().flatten()?))
    };
    keys.filter_map(entry).collect()
}

/// Keeps a witness; a browser that refuses only loses the protection against a silent wipe.
pub(super) fn keep(workspace: WorkspaceId, text: &str) {
    if let Some(storage) = local_storage()
        && storage.set_item(&Witness::key(workspace), text).is_err()
    {
        leptos::logging::warn!("this browser keeps no witness of saves");
    }
}

/// Forgets a workspace that the user deleted.
pub(super) fn forget(workspace: WorkspaceId) {
    if let Some(storage) = local_storage()
        && storage.remove_item(&Witness::key(workspace)).is_err()
    {
        leptos::logging::warn!("this browser keeps the witness of a deleted workspace");
    }
}

fn uuid() -> [u8; 16] {
    let mut random = [0; 10];
    let crypto = web_sys::window().and_then(|window| window.crypto().ok());
    let filled = crypto.map(|crypto| crypto.get_random_values_with_u8_array(&mut random));
    if !matches!(filled, Some(Ok(_))) {
        // Only insecure origins lack it; uniqueness within one browser is all that is needed.
        for byte in &mut random {
            *byte = (js_sys::Math::random() * 256.0) as u8;
        }
    }
    uuid_v7(js_sys::Date::now() as u64, random)
}

/// A new operation.
pub(super) fn new_op_id() -> OpId {
    OpId(uuid())
}

/// A new workspace.
pub fn new_workspace_id() -> WorkspaceId {
    WorkspaceId(uuid())
}
