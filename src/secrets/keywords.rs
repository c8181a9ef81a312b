//! The one pass over a text: finds every place where a keyword stands, whatever their number.
//!
//! Each keyword is looked for by four of its bytes. A bitmap says of any four bytes whether they may be such; it takes
//! one look a byte, and no look waits for the one before, so that it costs the same for ten keywords and for a thousand.
//! What a keyword means is none of its business.

use super::shape::{Part, Set};
use super::tokens::Rule;

const HASH_BITS: u32 = 18;
const BUCKET_BITS: u32 = HASH_BITS - 6;
const BUCKETS: usize = 1 << BUCKET_BITS;

/// A word to look for, and what it is looked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Keyword<L> {
    pub word: &'static str,
    /// What may follow a word of less than four bytes: the first byte, and those after it.
    pub next: Option<[Set; 2]>,
    pub look: L,
}

/// Four bytes that stand at `offset` in a keyword.
#[derive(Debug, Clone, Copy)]
struct Gram {
    bytes: u32,
    keyword: u16,
    offset: u16,
}

/// Keywords by four of their bytes.
#[derive(Debug)]
pub(super) struct Index<L> {
    keywords: Vec<Keyword<L>>,
    /// One bit a hash; sixty-four neighbours are a bucket.
    filter: Box<[u64; BUCKETS]>,
    /// Where each bucket's grams begin, and where the last one's end.
    starts: Vec<u16>,
    grams: Vec<Gram>,
}

fn hash(bytes: u32) -> u32 {
    bytes.wrapping_mul(0x9e37_79b1) >> (32 - HASH_BITS)
}

fn bucket(hash: u32) -> usize {
    (hash >> 6) as usize % BUCKETS
}

impl<L: Copy> Index<L> {
    pub(super) fn new(keywords: Vec<Keyword<L>>) -> Self {
        let mut all = Vec::new();
        for (number, keyword) in keywords.iter().enumerate() {
            let number = u16::try_from(number).unwrap_or(u16::MAX);
            grams_of(keyword.word.as_bytes(), keyword.next, &mut |bytes, offset| {
                all.push(Gram { bytes, keyword: number, offset });
            });
        }
        let mut filter = Box::new([0u64; BUCKETS]);
        let mut starts = vec![0u16; BUCKETS + 1];
        for gram in &all {
            let hash = hash(gram.bytes);
            filter[bucket(hash)] |= 1 << (hash & 63);
            starts[bucket(hash) + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut free = starts.clone();
        let mut grams = all.clone();
        for gram in all {
            let place = &mut free[bucket(hash(gram.bytes))];
            grams[usize::from(*place)] = gram;
            *place += 1;
        }
        Self { keywords, filter, starts, grams }
    }

    /// Calls `found` with every keyword and where it begins.
    pub(super) fn each(&self, text: &str, mut found: impl FnMut(&Keyword<L>, usize)) {
        let bytes = text.as_bytes();
        let mut at = 0;
        // Five at a time out of eight bytes, with one branch for all five.
        while let Some(eight) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
            let eight = u64::from_le_bytes(*eight);
            let mut any = 0;
            for place in 0..5 {
                any |= self.may_be((eight >> (8 * place)) as u32);
            }
            if any & 1 == 1 {
                for place in 0..5 {
                    self.look(bytes, at + place, (eight >> (8 * place)) as u32, &mut found);
                }
            }
            at += 5;
        }
        for (place, four) in bytes[at..].windows(4).enumerate() {
            let four = u32::from_le_bytes([four[0], four[1], four[2], four[3]]);
            self.look(bytes, at + place, four, &mut found);
        }
    }

    /// In the lowest bit, whether these may be bytes of a keyword.
    fn may_be(&self, four: u32) -> u64 {
        let hash = hash(four);
        self.filter[bucket(hash)] >> (hash & 63)
    }

    fn look(&self, bytes: &[u8], at: usize, four: u32, found: &mut impl FnMut(&Keyword<L>, usize)) {
        if self.may_be(four) & 1 == 0 {
            return;
        }
        let bucket = bucket(hash(four));
        let (from, to) = (usize::from(self.starts[bucket]), usize::from(self.starts[bucket + 1]));
        for gram in self.grams[from..to].iter().filter(|gram| gram.bytes == four) {
            let keyword = &self.keywords[usize::from(gram.keyword)];
            let Some(start) = at.checked_sub(usize::from(gram.offset)) else { continue };
            if bytes[start..].starts_with(keyword.word.as_bytes()) {
                found(keyword, start);
            }
        }
    }
}

/// The four bytes by which a word is looked for, and where in it they stand: the rarest, or, where it is shorter, the word
/// with each that may follow.
fn grams_of(word: &[u8], next: Option<[Set; 2]>, add: &mut impl FnMut(u32, u16)) {
    let Some(missing) = 4usize.checked_sub(word.len()).filter(|missing| *missing > 0) else {
        let best =
            word.windows(4).enumerate().min_by_key(|(_, four)| four.iter().map(|b| rank(*b)).sum::<u32>());
        if let Some((offset, four)) = best {
            add(u32::from_le_bytes([four[0], four[1], four[2], four[3]]), u16::try_from(offset).unwrap_or(0));
        }
        return;
    };
    let follows = |place: usize| -> Vec<u8> {
        (0..=127u8).filter(|b| next.is_none_or(|next| next[place](*b))).collect()
    };
    let (first, other) = (follows(0), if missing > 1 { follows(1) } else { Vec::new() });
    let all: [&[u8]; 3] = [&first, &other, &other];
    each_end(word, &all[..missing], &mut |four| add(u32::from_le_bytes(four), 0));
}

/// A word with any of the first bytes behind it, any of the next behind these, and so on: four in all, in order.
fn each_end(word: &[u8], follows: &[&[u8]], add: &mut impl FnMut([u8; 4])) {
    let mut four = [0; 4];
    let mut places = [0; 4];
    let start = word.len();
    four[..start].copy_from_slice(word);
    loop {
        for (at, bytes) in follows.iter().enumerate() {
            let Some(byte) = bytes.get(places[at]) else { return };
            four[start + at] = *byte;
        }
        add(four);
        // The last place counts first.
        for (at, bytes) in follows.iter().enumerate().rev() {
            places[at] += 1;
            if places[at] < bytes.len() || at == 0 {
                break;
            }
            places[at] = 0;
        }
    }
}

/// How common a byte is in code, roughly.
fn rank(byte: u8) -> u32 {
    match byte {
        b'e' | b't' | b'a' | b'o' | b'i' | b'n' | b's' | b'r' | b'c' | b' ' => 4,
        b'a'..=b'z' | b'_' | b'-' | b'.' | b'"' | b'=' => 3,
        b'0'..=b'9' | b':' | b'/' => 2,
        _ => 1,
    }
}

/// What may follow a keyword of a rule, as its shape has it.
pub(super) fn follows(rule: &Rule, word: &str) -> Option<[Set; 2]> {
    let holds = |part: &Part| match part {
        Part::Lit(lit) => *lit == word,
        Part::Any(list) => list.contains(&word),
        Part::Run(..) | Part::All(_) | Part::Maybe(_) => false,
    };
    let at = rule.shape.iter().position(holds)?;
    match rule.shape.get(at + 1..)? {
        [Part::Run(first, _, 1), Part::Run(second, ..), ..] => Some([*first, *second]),
        [Part::Run(set, ..), ..] => Some([*set, *set]),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_words_are_looked_for_with_all_that_may_follow() {
        let ends = |word: &[u8], follows: &[&[u8]]| {
            let mut found = Vec::new();
            each_end(word, follows, &mut |four| found.push(String::from_utf8(four.to_vec()).unwrap()));
            found
        };
        assert_eq!(ends(b"abc", &[b"xy"]), ["abcx", "abcy"]);
        assert_eq!(ends(b"ab", &[b"xy", b"12"]), ["abx1", "abx2", "aby1", "aby2"]);
        assert_eq!(ends(b"a", &[b"x", b"12", b"34"]), ["ax13", "ax14", "ax23", "ax24"]);
        assert!(ends(b"ab", &[b"xy", b""]).is_empty() && ends(b"ab", &[b"", b"xy"]).is_empty());
    }
}
