//! The rows that did not enter, out of the file again.

use engine::import::{LeftOver, Mapping, Refusals, write_left_over};
use engine::issue::{Code as IssueCode, Issue};
use protocol::io::IoResponse;
use protocol::{AppError, Code};

use super::Answer;
use super::open::{OpenFile, unreadable};
use crate::workbook::Workbook;

/// Reads the file once more and writes its refused rows with their reasons as a text file.
///
/// # Errors
/// When the browser does not hand out the file's bytes, or they changed since.
pub(super) fn left_over(
    file: &OpenFile,
    mapping: &Mapping,
    refusals: &Refusals,
    wording: &[(IssueCode, String)],
) -> Result<Answer, AppError> {
    let mut bytes = Vec::new();
    let word = |issue: &Issue| {
        let mut known = wording.iter();
        let own = known.find(|(code, _)| *code == issue.code);
        own.map_or_else(|| issue.message(), |(_, template)| issue.worded(template))
    };
    let mut left_over = LeftOver::new(mapping, refusals, word, &mut bytes).map_err(unreadable)?;
    if file.is_workbook()? {
        let changed = |error| AppError::new(Code::FileUnreadable).with("detail", error);
        let mut workbook = Workbook::open(file.reader()?).map_err(changed)?;
        workbook
            .left_over(mapping, &mut left_over)
            .map_err(changed)?;
        left_over.finish().map_err(unreadable)?;
    } else {
        write_left_over(file.reader()?, mapping, left_over).map_err(unreadable)?;
    }
    Ok(Answer {
        response: IoResponse::LeftOver,
        bufs: vec![bytes],
    })
}
