//! How often to try.

use super::StoreError;

/// A store that fails this often in a row is given up on: a loop here once cost others hundreds
/// of thousands of errors from a few dozen users.
pub const ATTEMPTS: u32 = 3;

/// Calls `open` until it succeeds, fails for good, or [`ATTEMPTS`] are used up.
///
/// # Errors
/// The last failure.
pub async fn open_with_retries<T, Open>(mut open: Open) -> Result<T, StoreError>
where
    Open: AsyncFnMut() -> Result<T, StoreError>,
{
    let mut attempt = 1;
    loop {
        match open().await {
            Err(StoreError::Failed { failure, .. })
                if failure.is_transient() && attempt < ATTEMPTS =>
            {
                attempt += 1;
            }
            result => return result,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::failure::Failure;
    use crate::testing::block_on;

    fn attempts(failure: Failure, failures: u32) -> (bool, u32) {
        let mut calls = 0;
        let result = block_on(open_with_retries(async || {
            calls += 1;
            if calls > failures {
                return Ok(());
            }
            Err(StoreError::Failed {
                failure,
                detail: String::new(),
            })
        }));
        (result.is_ok(), calls)
    }

    #[test]
    fn st11_opening_is_tried_three_times_at_most() {
        assert_eq!(attempts(Failure::Broken, 9), (false, 3));
        assert_eq!(attempts(Failure::Broken, 1), (true, 2));
        assert_eq!(attempts(Failure::Denied, 9), (false, 1));
        assert_eq!(attempts(Failure::Newer, 9), (false, 1));
        assert_eq!(attempts(Failure::Other, 0), (true, 1));
    }
}
