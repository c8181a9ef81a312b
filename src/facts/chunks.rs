//! Many things of one kind, on several threads. Must not know what they are.

use rayon::prelude::*;

/// How many one thread takes at a time.
const CHUNK: usize = 2_048;

/// Applies to each, with its position; what comes of them stands in their order. Few are taken as they come.
pub(super) fn each<T: Sync, R: Send>(all: &[T], run: impl Fn(usize, &T, &mut Vec<R>) + Sync) -> Vec<R> {
    let mut found: Vec<Vec<R>> = gathered(all, run);
    if found.len() == 1 {
        return found.pop().unwrap_or_default();
    }
    let mut joined = Vec::with_capacity(found.iter().map(Vec::len).sum());
    found.into_iter().for_each(|found| joined.extend(found));
    joined
}

/// The same, with what comes of each chunk gathered by itself.
pub(super) fn gathered<T: Sync, G: Default + Send>(
    all: &[T],
    run: impl Fn(usize, &T, &mut G) + Sync,
) -> Vec<G> {
    let chunk = |(at, chunk): (usize, &[T])| {
        let mut found = G::default();
        chunk.iter().enumerate().for_each(|(inside, one)| run(at * CHUNK + inside, one, &mut found));
        found
    };
    if all.len() <= CHUNK {
        return vec![chunk((0, all))];
    }
    all.par_chunks(CHUNK).enumerate().map(chunk).collect()
}
