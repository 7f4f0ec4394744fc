//! A queue that one task empties and callbacks fill; everything runs on one thread.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

#[derive(Debug)]
struct Queue<T> {
    items: VecDeque<T>,
    waker: Option<Waker>,
}

/// The queue; clones are the same queue.
#[derive(Debug)]
pub struct Inbox<T> {
    queue: Rc<RefCell<Queue<T>>>,
}

impl<T> Clone for Inbox<T> {
    fn clone(&self) -> Self {
        Self {
            queue: self.queue.clone(),
        }
    }
}

impl<T> Default for Inbox<T> {
    fn default() -> Self {
        Self {
            queue: Rc::new(RefCell::new(Queue {
                items: VecDeque::new(),
                waker: None,
            })),
        }
    }
}

impl<T> Inbox<T> {
    /// Adds an item and wakes the task that waits for one.
    pub fn push(&self, item: T) {
        let waker = {
            let mut queue = self.queue.borrow_mut();
            queue.items.push_back(item);
            queue.waker.take()
        };
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    /// The next item, when there is one.
    pub async fn next(&self) -> T {
        poll_fn(|context| {
            let mut queue = self.queue.borrow_mut();
            match queue.items.pop_front() {
                Some(item) => Poll::Ready(item),
                None => {
                    queue.waker = Some(context.waker().clone());
                    Poll::Pending
                }
            }
        })
        .await
    }

    /// The next item, if there is one now.
    pub fn try_next(&self) -> Option<T> {
        self.queue.borrow_mut().items.pop_front()
    }

    /// Takes out the first item that fits.
    pub fn take_first(&self, fits: impl Fn(&T) -> bool) -> Option<T> {
        let mut queue = self.queue.borrow_mut();
        let index = queue.items.iter().position(fits)?;
        queue.items.remove(index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::block_on;

    #[test]
    fn items_come_out_in_order_and_some_can_be_taken_out() {
        let inbox = Inbox::default();
        for number in 1..=4 {
            inbox.push(number);
        }
        assert_eq!(inbox.take_first(|number| number % 3 == 0), Some(3));
        assert_eq!((block_on(inbox.next()), block_on(inbox.next())), (1, 2));
        assert_eq!((inbox.try_next(), inbox.try_next()), (Some(4), None));
    }
}
