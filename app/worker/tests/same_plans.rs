//! A thousand random datasets give the same bytes natively and in a browser worker, with 1, 2
//! and 5 workers.
//!
//! Natively every dataset is planned with all three numbers of workers, and the fingerprints are
//! written below the target folder. `cargo xtask test` compiles them into the browser's run, which
//! plans every dataset with one worker and one in ten with two or five. What a dataset holds at
//! least is said and tested in `ballast_tests::random_dataset`.

use ballast_tests::fingerprint::fingerprint;

/// Datasets of one test; there are ten.
const SHARE: u64 = 100;

#[cfg(not(target_arch = "wasm32"))]
mod native {
    use super::{SHARE, fingerprint};
    use std::fs;
    use std::path::Path;

    fn check(tenth: u64) {
        let seeds = tenth * SHARE..(tenth + 1) * SHARE;
        let words: Vec<String> = seeds
            .map(|seed| fingerprint(seed, &[1, 2, 5]).expect("equal bytes"))
            .collect();
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("native_plans");
        fs::create_dir_all(&folder).expect("a folder below target");
        fs::write(folder.join(format!("{tenth}.txt")), words.join(",")).expect("a file in it");
    }

    macro_rules! tenths {
        ($($name:ident $tenth:literal),*) => {
            $(#[test]
            fn $name() {
                check($tenth);
            })*
        };
    }
    tenths!(
        datasets_0 0, datasets_1 1, datasets_2 2, datasets_3 3, datasets_4 4, datasets_5 5,
        datasets_6 6, datasets_7 7, datasets_8 8, datasets_9 9
    );
}

#[cfg(target_arch = "wasm32")]
mod browser {
    use super::{SHARE, fingerprint};
    use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

    wasm_bindgen_test_configure!(run_in_dedicated_worker);

    fn check(tenth: u64) {
        let native: Vec<&str> = option_env!("BALLAST_NATIVE_PLANS")
            .unwrap_or_default()
            .split(',')
            .collect();
        for seed in tenth * SHARE..(tenth + 1) * SHARE {
            let workers: &[usize] = match seed % 20 {
                3 => &[1, 2],
                13 => &[1, 5],
                _ => &[1],
            };
            let wanted = usize::try_from(seed).ok().and_then(|at| native.get(at));
            let word = fingerprint(seed, workers).expect("equal bytes");
            assert_eq!(Some(&word.as_str()), wanted, "seed {seed}");
        }
    }

    macro_rules! tenths {
        ($($name:ident $tenth:literal),*) => {
            $(#[wasm_bindgen_test]
            fn $name() {
                check($tenth);
            })*
        };
    }
    tenths!(
        datasets_0 0, datasets_1 1, datasets_2 2, datasets_3 3, datasets_4 4, datasets_5 5,
        datasets_6 6, datasets_7 7, datasets_8 8, datasets_9 9
    );
}
