//! Golden cases: the engine gives the figures that independent peers gave.

use ballast_cli::golden::{Verdict, run_directory, run_text};
use std::path::Path;

#[test]
fn every_golden_case_passes() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden");
    let results = run_directory(&directory).expect("the golden directory is readable");
    let failed: Vec<_> = results
        .iter()
        .filter(|(_, verdict)| *verdict != Verdict::Passed)
        .collect();
    assert!(failed.is_empty(), "{failed:#?}");
    assert!(results.len() >= 33, "only {} cases found", results.len());
}

#[test]
fn an_unknown_kind_fails() {
    let (id, verdict) = run_text("x", r#"{"id": "Z99-new", "inputs": {}, "expected": {}}"#);
    assert_eq!(id, "Z99-new");
    assert_eq!(
        verdict,
        Verdict::Failed("want a known kind got Z99".to_owned())
    );
}

#[test]
fn a_wrong_figure_fails_with_its_place() {
    let case = r#"{"id": "P03-x", "inputs": {"k": [0]}, "expected": {"rows": [{"k": 0, "G": 0.4}]},
        "tolerance": {"rel": 1e-9}}"#;
    let (_, verdict) = run_text("x", case);
    let Verdict::Failed(reason) = verdict else {
        panic!("passed")
    };
    assert_eq!(reason, "want 0.4 got 0.3989422804014327 at rows[0].G");
}
