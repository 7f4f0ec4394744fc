//! Small preferences in `localStorage`, which may be absent or refuse (private windows, embedded frames).

/// Reads a preference.
pub fn recall(key: &str) -> Option<String> {
    store()?.get_item(key).ok().flatten()
}

/// Writes a preference; a refusing browser only loses it at the next visit.
pub fn remember(key: &str, value: &str) {
    if let Some(store) = store()
        && store.set_item(key, value).is_err()
    {
        leptos::logging::warn!("preference {key} is not kept by this browser");
    }
}

/// Forgets a preference.
pub fn forget(key: &str) {
    if let Some(store) = store()
        && store.remove_item(key).is_err()
    {
        leptos::logging::warn!("preference {key} is still kept by this browser");
    }
}

fn store() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}
