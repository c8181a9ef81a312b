//! How an inner text leads back to the one that carries it.

use std::ops::Range;

#[derive(Debug)]
pub(super) enum Map {
    /// No part of it stands anywhere by itself: it was compressed.
    Whole(Range<usize>),
    /// For each byte of the inner text what it was made of: start and end in the outer one.
    Bytes(Vec<(u32, u32)>),
}

impl Map {
    /// The part of the outer text that a part of the inner one was made of.
    pub(super) fn outer(&self, inner: &Range<usize>) -> Range<usize> {
        match self {
            Self::Whole(range) => range.clone(),
            Self::Bytes(bytes) => {
                let first = bytes.get(inner.start).map(|(start, _)| *start as usize);
                let last = inner.end.checked_sub(1).and_then(|last| bytes.get(last));
                match (first, last) {
                    (Some(start), Some((_, end))) if start <= *end as usize => start..*end as usize,
                    (Some(start), _) => start..start,
                    (None, _) => {
                        let end = bytes.last().map_or(0, |(_, end)| *end as usize);
                        end..end
                    }
                }
            }
        }
    }
}

/// Texts are bounded far below 4 GiB.
pub(super) fn to_u32(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
