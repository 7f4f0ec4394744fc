//! An answer that is not here yet.

use protocol::AppError;
use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

struct Slot<T> {
    value: Option<Result<T, AppError>>,
    waker: Option<Waker>,
}

/// The asking side; `id` is what [`super::Bridge::cancel`] takes.
pub struct Reply<T> {
    /// Id of the request.
    pub id: u32,
    slot: Rc<RefCell<Slot<T>>>,
}

/// The answering side.
pub(super) struct Promise<T> {
    slot: Rc<RefCell<Slot<T>>>,
}

/// Both sides of one answer.
pub(super) fn reply<T>(id: u32) -> (Promise<T>, Reply<T>) {
    let slot = Rc::new(RefCell::new(Slot {
        value: None,
        waker: None,
    }));
    (Promise { slot: slot.clone() }, Reply { id, slot })
}

impl<T> Promise<T> {
    pub(super) fn keep(self, value: Result<T, AppError>) {
        let waker = {
            let mut slot = self.slot.borrow_mut();
            slot.value = Some(value);
            slot.waker.take()
        };
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

impl<T> Future for Reply<T> {
    type Output = Result<T, AppError>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut slot = self.slot.borrow_mut();
        match slot.value.take() {
            Some(value) => Poll::Ready(value),
            None => {
                slot.waker = Some(context.waker().clone());
                Poll::Pending
            }
        }
    }
}
