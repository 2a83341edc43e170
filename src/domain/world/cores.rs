//! Work that is spread over all cores.

use std::panic::resume_unwind;
use std::thread;

/// What the work gives for each item, in their order. Pure work only: it is done in any order.
pub(super) fn on_all_cores<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    // Dealt out like cards, because neighbours are alike and take alike.
    let mut hands: Vec<_> = thread::scope(|scope| {
        let work = &work;
        let deal = |core| items.iter().skip(core).step_by(cores);
        let hands: Vec<_> = (0..cores)
            .map(|core| scope.spawn(move || deal(core).map(work).collect::<Vec<R>>()))
            .collect();
        hands
            .into_iter()
            .map(|hand| hand.join().unwrap_or_else(|panic| resume_unwind(panic)).into_iter())
            .collect()
    });
    let mut results = Vec::with_capacity(items.len());
    while let Some(result) = hands.first_mut().and_then(Iterator::next) {
        results.push(result);
        hands.rotate_left(1);
    }
    results
}

#[cfg(test)]
mod tests {
    use super::on_all_cores;

    #[test]
    fn results_come_in_the_order_of_the_items() {
        for count in [0, 1, 2, 3, 1_000] {
            let items: Vec<usize> = (0..count).collect();
            let doubled: Vec<usize> = items.iter().map(|item| item * 2).collect();
            assert_eq!(on_all_cores(&items, |item| item * 2), doubled);
        }
    }
}
