//! The engine gives the same bytes natively and in a browser worker.
//!
//! `cargo xtask test` runs this natively, reads the fingerprint it prints, and compiles it into
//! the browser's run of the same code.

use engine::num::{
    NegativeBinomial, Poisson, beta_regularised, cos, erfc, exp, gamma_quantile, ln, ln_gamma,
    log10, normal_loss, normal_quantile, pow, sin,
};
use engine::rng::Stream;

const DRAWS: u64 = 20_000;

/// A hash over the exact bits of every function at pseudo-random places.
fn fingerprint() -> String {
    let stream = Stream::keyed(20_261_123, &[1]);
    let mut hash = blake3::Hasher::new();
    for draw in 0..DRAWS {
        let u = stream.f64_at(draw).max(1e-12);
        let x = u * 40.0;
        let figures = [
            exp(x - 20.0),
            ln(x),
            log10(x),
            pow(x, 1.7),
            sin(x),
            cos(x),
            erfc(x - 20.0),
            ln_gamma(x),
            normal_loss(x - 20.0),
            normal_quantile(u),
        ];
        for figure in figures {
            hash.update(&figure.to_bits().to_le_bytes());
        }
    }
    for draw in 0..DRAWS / 100 {
        let u = stream.f64_at(draw).clamp(1e-6, 1.0 - 1e-6);
        let mean = 0.1 + u * 30.0;
        let count = NegativeBinomial {
            mean,
            variance: mean * 1.5,
        };
        let figures = [
            gamma_quantile(mean, u),
            beta_regularised(mean, 2.5, u),
            Poisson { mean }.quantile(u),
            count.quantile(u),
        ];
        for figure in figures {
            hash.update(&figure.to_bits().to_le_bytes());
        }
    }
    hash.finalize().to_hex().to_string()
}

#[cfg(not(target_arch = "wasm32"))]
#[test]
fn native_bytes_are_printed() {
    println!("\nBALLAST_NATIVE_BYTES={}", fingerprint());
}

#[cfg(target_arch = "wasm32")]
mod browser {
    use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

    wasm_bindgen_test_configure!(run_in_dedicated_worker);

    #[wasm_bindgen_test]
    fn browser_bytes_equal_native_bytes() {
        let native = option_env!("BALLAST_NATIVE_BYTES");
        assert_eq!(Some(super::fingerprint().as_str()), native);
    }
}
