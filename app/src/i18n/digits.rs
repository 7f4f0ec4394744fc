//! Plain digits with a thousands comma: the browser's `Intl` in the page, the same rule in Rust elsewhere.

/// Digits of a non-negative number with exactly `decimals` places, grouped by comma.
#[cfg(target_arch = "wasm32")]
pub(super) fn group(value: f64, decimals: u8) -> String {
    use js_sys::{Function, Intl, JsString, Object, Reflect};
    use std::cell::RefCell;
    use wasm_bindgen::{JsCast, JsValue};

    thread_local! {
        static CACHE: RefCell<Vec<Option<Function>>> = const { RefCell::new(Vec::new()) };
    }
    let formatter = CACHE.with_borrow_mut(|cache| {
        let slot = usize::from(decimals);
        if cache.len() <= slot {
            cache.resize(slot + 1, None);
        }
        cache[slot]
            .get_or_insert_with(|| {
                let options = Object::new();
                for key in ["minimumFractionDigits", "maximumFractionDigits"] {
                    let set = Reflect::set(&options, &key.into(), &JsValue::from(decimals));
                    debug_assert!(set.is_ok(), "a fresh object takes properties");
                }
                let locales = js_sys::Array::of1(&JsValue::from_str("en")).unchecked_into();
                Intl::NumberFormat::new(&locales, &options.unchecked_into())
                    .format()
                    .unchecked_into()
            })
            .clone()
    });
    formatter
        .call1(&JsValue::NULL, &JsValue::from_f64(value))
        .ok()
        .and_then(|text| text.dyn_into::<JsString>().ok())
        .map_or_else(|| grouped(value, decimals), String::from)
}

#[cfg(not(target_arch = "wasm32"))]
pub(super) use grouped as group;

/// The rule itself: rounding half away from zero on the shortest decimal form, groups of three.
pub(super) fn grouped(value: f64, decimals: u8) -> String {
    let scale = 10f64.powi(i32::from(decimals));
    let rounded = (value * scale).round() / scale;
    let text = format!("{rounded:.*}", usize::from(decimals));
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut out = String::with_capacity(text.len() + whole.len() / 3 + 1);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if decimals > 0 {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_of_three_and_fixed_places() {
        assert_eq!(grouped(0.0, 0), "0");
        assert_eq!(grouped(999.0, 0), "999");
        assert_eq!(grouped(1_323.04, 1), "1,323.0");
        assert_eq!(grouped(12_345_678.5, 2), "12,345,678.50");
        assert_eq!(grouped(2.5, 0), "3");
    }
}
