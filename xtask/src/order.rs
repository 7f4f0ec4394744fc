//! Puts the functions of a module in an order in which alike ones follow each other.
//!
//! A compiler lays functions out as it meets them; Brotli pays for every copy by its distance, so
//! the many instances of one generic function are cheapest side by side.

use crate::module::{CODE, CUSTOM, IMPORTS, Reader, push_number, push_section, sections};

/// Samples taken of each function. More find alike functions more surely and take longer.
const SAMPLES: usize = 256;
/// Bytes of code that are compared as one.
const WINDOW: usize = 5;
/// Functions with fewer samples in common count as unlike.
const LEAST_COMMON: usize = 3;

/// The smallest hash of all windows of a function for each of `SAMPLES` hash functions: the share
/// of equal entries estimates the share of common windows (MinHash; Broder 1997).
type Sketch = [u32; SAMPLES];

/// The module with a name section that names each function by its place, for
/// `wasm-opt --reorder-functions-by-name`; `None` when the bytes are not those of a module.
pub fn with_places(module: &[u8]) -> Option<Vec<u8>> {
    let (head, sections) = sections(module)?;
    let mut placed = head.to_vec();
    let (mut imported, mut bodies) = (0, Vec::new());
    for (kind, body) in sections {
        match kind {
            IMPORTS => imported = imported_functions(body)?,
            CODE => bodies = function_bodies(body)?,
            _ => {}
        }
        if !(kind == CUSTOM && body.starts_with(NAMES)) {
            push_section(&mut placed, kind, body);
        }
    }
    push_section(
        &mut placed,
        CUSTOM,
        &name_section(imported, &order(&bodies)),
    );
    Some(placed)
}

/// The name of the section of names, as it stands in the section.
const NAMES: &[u8] = b"\x04name";
/// The part of that section that names functions.
const FUNCTION_NAMES: u8 = 1;

fn name_section(imported: usize, order: &[usize]) -> Vec<u8> {
    let mut places = vec![0; order.len()];
    for (place, function) in order.iter().enumerate() {
        if let Some(slot) = places.get_mut(*function) {
            *slot = place;
        }
    }
    let mut names = Vec::new();
    push_number(&mut names, places.len());
    for (function, place) in places.iter().enumerate() {
        let name = format!("{place:06}");
        push_number(&mut names, imported + function);
        push_number(&mut names, name.len());
        names.extend(name.as_bytes());
    }
    let mut section = NAMES.to_vec();
    section.push(FUNCTION_NAMES);
    push_number(&mut section, names.len());
    section.extend(names);
    section
}

/// Each function after the most alike of those before it, the longest first.
fn order(bodies: &[&[u8]]) -> Vec<usize> {
    let factors = std::array::from_fn(|number| odd_factor(number as u64));
    let sketches: Vec<Sketch> = bodies.iter().map(|body| sketch(body, &factors)).collect();
    let mut left: Vec<usize> = (0..bodies.len()).collect();
    let mut order = Vec::with_capacity(bodies.len());
    let longest = |at: &usize| bodies.get(*at).map_or(0, |body| body.len());
    let mut next = left.iter().copied().rev().max_by_key(longest);
    while let Some(current) = next {
        order.push(current);
        left.retain(|function| *function != current);
        next = successor(current, &left, &sketches);
    }
    order
}

/// The function most like this one; where none is, the next one of the module.
fn successor(current: usize, left: &[usize], sketches: &[Sketch]) -> Option<usize> {
    let sketch = sketches.get(current)?;
    let (mut best, mut most) = (None, LEAST_COMMON - 1);
    for function in left {
        let count = common(sketch, sketches.get(*function)?);
        if count > most {
            (best, most) = (Some(*function), count);
        }
    }
    let following = || left.iter().find(|function| **function > current);
    best.or_else(|| following().or(left.first()).copied())
}

fn common(one: &Sketch, other: &Sketch) -> usize {
    one.iter().zip(other).filter(|(a, b)| a == b).count()
}

fn sketch(body: &[u8], factors: &[u64; SAMPLES]) -> Sketch {
    let mut smallest = [u32::MAX; SAMPLES];
    for window in body.windows(WINDOW.min(body.len().max(1))) {
        let value = window
            .iter()
            .fold(0, |value, byte| value << 8 | u64::from(*byte));
        for (factor, smallest) in factors.iter().zip(&mut smallest) {
            let hash = (value.wrapping_mul(*factor) >> 32) as u32;
            *smallest = hash.min(*smallest);
        }
    }
    smallest
}

/// The factor of a multiplicative hash function: odd, its bits well mixed (SplitMix64's finaliser).
fn odd_factor(number: u64) -> u64 {
    let mut mixed = (number + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    (mixed ^ mixed >> 31) | 1
}

fn imported_functions(body: &[u8]) -> Option<usize> {
    let mut reader = Reader(body);
    let mut functions = 0;
    for _ in 0..reader.number()? {
        for _ in 0..2 {
            let length = reader.number()?;
            reader.take(length)?;
        }
        functions += usize::from(reader.0.first() == Some(&0));
        reader.skip_import_type()?;
    }
    Some(functions)
}

fn function_bodies(body: &[u8]) -> Option<Vec<&[u8]>> {
    let mut reader = Reader(body);
    (0..reader.number()?)
        .map(|_| {
            let length = reader.number()?;
            reader.take(length)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alike_functions_follow_each_other() {
        let numbers: Vec<u8> = (0..60).collect();
        let others: Vec<u8> = (100..150).collect();
        let (mut almost, mut nearly) = (numbers.clone(), others.clone());
        almost.truncate(55);
        nearly.truncate(45);
        assert_eq!(order(&[&numbers, &others, &almost, &nearly]), [0, 2, 3, 1]);
        assert!(order(&[]).is_empty());
    }

    #[test]
    fn every_function_is_named_by_its_place_after_the_imported_ones() {
        let module = |rest: &[u8]| [b"\0asm\x01\0\0\0", rest].concat();
        let imports = [IMPORTS, 7, 1, 1, b'm', 1, b'f', 0, 0];
        let code = [CODE, 8, 2, 2, 0, 11, 3, 0, 1, 11];
        let old_names = [CUSTOM, 8, 4, b'n', b'a', b'm', b'e', 9, 1, 0];
        let bare = [&imports[..], &code].concat();
        let placed = with_places(&module(&[&old_names[..], &bare].concat())).expect("a module");
        let names = b"\x04name\x01\x11\x02\x01\x06000001\x02\x06000000";
        let want = [&bare[..], &[CUSTOM, names.len() as u8], names].concat();
        assert_eq!(placed, module(&want));
        assert!(with_places(b"\0asm").is_none());
    }
}
