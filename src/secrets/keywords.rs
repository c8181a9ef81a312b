//! The one pass over a text: finds every place where a keyword stands, whatever their number.
//!
//! Each keyword is looked for by three of its bytes, and only at every second place: one three for each way that it may
//! fall. A table says of any three bytes whether they may be such; it takes one look a place, and no look waits for the one
//! before, so that it costs the same for ten keywords and for a thousand. What a keyword means is none of its business.

use super::shape::{self, Part, Set};
use super::tokens::Rule;

/// A hash is an index into the table of those that may be of a keyword.
const HASHES: usize = 1 << 16;
/// Hashes whose grams stand together.
const BUCKET: usize = 4;
const BUCKETS: usize = HASHES / BUCKET;
/// Bytes that are read together, and how many further on the next ones are: three places, the last of which takes four bytes.
const WORD: usize = 8;
const STEP: usize = 6;
/// Words that are read with one look at the length.
const WORDS: usize = 8;
const CHUNK: usize = (WORDS - 1) * STEP + WORD;

/// A word to look for, and what it is looked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Keyword<L> {
    pub word: &'static str,
    /// What may follow a word of less than four bytes: the first byte, and those after it.
    pub next: Option<[Set; 2]>,
    /// What may stand before such a word, if anything does.
    pub before: Option<Set>,
    pub look: L,
}

/// Three bytes that begin `offset` before or in a keyword.
#[derive(Debug, Clone, Copy)]
struct Gram {
    bytes: u32,
    keyword: u16,
    offset: i16,
}

/// Keywords by three of their bytes.
#[derive(Debug)]
pub(super) struct Index<L> {
    keywords: Vec<Keyword<L>>,
    /// By hash, the marks of its grams.
    filter: Box<[u8; HASHES]>,
    /// Where each bucket's grams begin, and where the last one's end.
    starts: Vec<u16>,
    grams: Vec<Gram>,
}

/// Of the lower three bytes alone: what the highest one adds is shifted out.
fn hash(bytes: u32) -> u16 {
    (bytes.wrapping_mul(0x3779_b100) >> 16) as u16
}

/// One bit of eight, which tells most grams of one hash apart.
fn mark(bytes: u32) -> u8 {
    1 << ((bytes << 8).wrapping_mul(0x85eb_ca6b) >> 29)
}

fn bucket(bytes: u32) -> usize {
    usize::from(hash(bytes)) / BUCKET
}

impl<L: Copy> Index<L> {
    pub(super) fn new(keywords: Vec<Keyword<L>>) -> Self {
        let mut all = Vec::new();
        for (number, keyword) in keywords.iter().enumerate() {
            let number = u16::try_from(number).unwrap_or(u16::MAX);
            keyword.grams(&mut |bytes, offset| all.push(Gram { bytes, keyword: number, offset }));
        }
        let mut filter = Box::new([0; HASHES]);
        let mut starts = vec![0u16; BUCKETS + 1];
        for gram in &all {
            filter[usize::from(hash(gram.bytes))] |= mark(gram.bytes);
            starts[bucket(gram.bytes) + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut free = starts.clone();
        let mut grams = all.clone();
        for gram in all {
            let place = &mut free[bucket(gram.bytes)];
            grams[usize::from(*place)] = gram;
            *place += 1;
        }
        Self { keywords, filter, starts, grams }
    }

    /// Calls `found` with every keyword and where it begins.
    pub(super) fn each(&self, text: &str, mut found: impl FnMut(&Keyword<L>, usize)) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(chunk) = bytes.get(at..).and_then(|rest| rest.first_chunk::<CHUNK>()) {
            self.in_chunk(bytes, at, chunk, &mut found);
            at += WORDS * STEP;
        }
        // No keyword has the zeros that stand behind the text.
        let rest = bytes.get(at..).unwrap_or(&[]);
        let mut last = [0; CHUNK];
        last[..rest.len()].copy_from_slice(rest);
        self.in_chunk(bytes, at, &last, &mut found);
    }

    #[inline]
    fn in_chunk(
        &self,
        bytes: &[u8],
        at: usize,
        chunk: &[u8; CHUNK],
        found: &mut impl FnMut(&Keyword<L>, usize),
    ) {
        for word in 0..WORDS {
            let Some(eight) = chunk[word * STEP..].first_chunk::<WORD>() else { continue };
            let eight = u64::from_le_bytes(*eight);
            for place in 0..STEP / 2 {
                let four = (eight >> (16 * place)) as u32;
                let marks = self.filter[usize::from(hash(four))];
                if marks != 0 && marks & mark(four) != 0 {
                    self.look(bytes, at + word * STEP + 2 * place, four, found);
                }
            }
        }
    }

    /// The keywords that have these three bytes, where they stand in the text.
    #[inline(never)]
    fn look(&self, bytes: &[u8], at: usize, four: u32, found: &mut impl FnMut(&Keyword<L>, usize)) {
        let three = four & 0x00ff_ffff;
        let bucket = bucket(four);
        let (from, to) = (usize::from(self.starts[bucket]), usize::from(self.starts[bucket + 1]));
        for gram in self.grams[from..to].iter().filter(|gram| gram.bytes == three) {
            let keyword = &self.keywords[usize::from(gram.keyword)];
            let Some(start) = at.checked_add_signed(-isize::from(gram.offset)) else { continue };
            if keyword.stands_at(bytes, start) {
                found(keyword, start);
            }
        }
    }
}

impl<L> Keyword<L> {
    /// The three bytes by which the word is looked for, and where in it they stand, for even and for odd places: the rarest.
    /// Where it is shorter, what may stand before or behind it counts as well.
    fn grams(&self, add: &mut impl FnMut(u32, i16)) {
        let word = self.word.as_bytes();
        let last = word.len().saturating_sub(3).max(1);
        for odd in 0..2 {
            let Some(inside) = (odd..=last).step_by(2).min_by_key(|offset| commonness(word, *offset)) else {
                continue;
            };
            let two = word.get(..2).filter(|two| {
                let best: u32 = two.iter().map(|byte| rank(*byte)).sum();
                odd == 1 && word.len() < 4 && (word.len() < 3 || best <= commonness(word, inside))
            });
            if let Some([first, second]) = two {
                let before = (0..=255u8).filter(|byte| self.before.is_none_or(|set| set(*byte)));
                before.for_each(|before| add(u32::from_le_bytes([before, *first, *second, 0]), -1));
            } else {
                let known = &word[inside.min(word.len())..word.len().min(inside + 3)];
                let follows =
                    |place: usize| (0..=255u8).filter(move |byte| follows_at(self.next, place, *byte));
                let all: Vec<Vec<u8>> = (0..3 - known.len()).map(|place| follows(place).collect()).collect();
                let offset = i16::try_from(inside).unwrap_or(0);
                each_end(known, &all, &mut |[a, b, c]| add(u32::from_le_bytes([a, b, c, 0]), offset));
            }
        }
    }

    fn stands_at(&self, bytes: &[u8], start: usize) -> bool {
        let word = self.word.as_bytes();
        let Some((here, after)) = bytes.get(start..).and_then(|rest| rest.split_at_checked(word.len()))
        else {
            return false;
        };
        // Most differ in their first bytes, before a comparison of all of them would be called.
        if !here.iter().zip(word).all(|(here, byte)| here == byte) {
            return false;
        }
        let missing = 4usize.saturating_sub(word.len());
        self.next.is_none()
            || (0..missing)
                .all(|place| after.get(place).is_some_and(|byte| follows_at(self.next, place, *byte)))
    }
}

/// Whether a byte may stand so many places behind a word.
fn follows_at(next: Option<[Set; 2]>, place: usize, byte: u8) -> bool {
    next.is_none_or(|next| byte < 128 && next[place.min(1)](byte))
}

/// The end of a word with any of the first bytes behind it, any of the next behind these, and so on: three in all, in order.
fn each_end(word: &[u8], follows: &[Vec<u8>], add: &mut impl FnMut([u8; 3])) {
    let mut three = [0; 3];
    let mut places = [0; 3];
    let start = word.len();
    three[..start].copy_from_slice(word);
    loop {
        for (at, bytes) in follows.iter().enumerate() {
            let Some(byte) = bytes.get(places[at]) else { return };
            three[start + at] = *byte;
        }
        add(three);
        // The last place counts first.
        let Some(next) = (0..follows.len()).rev().find(|at| places[*at] + 1 < follows[*at].len()) else {
            return;
        };
        places[next] += 1;
        places[next + 1..].fill(0);
    }
}

/// How common the up to three bytes are that stand in a word.
fn commonness(word: &[u8], offset: usize) -> u32 {
    word.iter().skip(offset).take(3).map(|byte| rank(*byte)).sum()
}

/// How common a byte is in code: the logarithm of it, roughly.
fn rank(byte: u8) -> u32 {
    match byte {
        b' ' => 15,
        b'a' | b'e' | b'r' | b't' => 13,
        b'c' | b'i' | b'l' | b'n' | b'o' | b's' | b'_' | b'"' => 12,
        b'd' | b'g' | b'm' | b'p' | b'u' | b'-' | b'.' | b'=' => 11,
        b'b' | b'f' | b'h' | b'k' | b'v' | b'w' | b'y' => 10,
        b',' | b'/' | b':' | b'0' | b'1' | b'2' | b'3' | b'x' | b'A' | b'C' | b'E' | b'S' | b'T' => 8,
        b'4'..=b'9' | b'A'..=b'Z' | b'j' | b'q' | b'z' => 6,
        _ => 4,
    }
}

/// Where a keyword stands in the shape of its rule.
fn part_of(rule: &Rule, word: &str) -> Option<usize> {
    let holds = |part: &Part| match part {
        Part::Lit(lit) => *lit == word,
        Part::Any(list) => list.contains(&word),
        Part::Run(..) | Part::All(_) | Part::Maybe(_) => false,
    };
    rule.shape.iter().position(holds)
}

/// What may follow a keyword of a rule, as its shape has it.
pub(super) fn follows(rule: &Rule, word: &str) -> Option<[Set; 2]> {
    match rule.shape.get(part_of(rule, word)? + 1..)? {
        [Part::Run(first, _, 1), Part::Run(second, ..), ..] => Some([*first, *second]),
        [Part::Run(set, ..), ..] => Some([*set, *set]),
        _ => None,
    }
}

/// What may stand before it: what belongs to the token, or what no word goes on with.
pub(super) fn precedes(rule: &Rule, word: &str) -> Option<Set> {
    match part_of(rule, word)?.checked_sub(1) {
        None => Some(|byte| !shape::word(byte) || byte.is_ascii_hexdigit() || b"ntrfb".contains(&byte)),
        Some(before) => match rule.shape.get(before)? {
            Part::Run(set, 1.., _) => Some(*set),
            _ => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_words_are_looked_for_with_all_that_may_follow() {
        let ends = |word: &[u8], follows: &[&[u8]]| {
            let mut found = Vec::new();
            let follows: Vec<Vec<u8>> = follows.iter().map(|bytes| bytes.to_vec()).collect();
            each_end(word, &follows, &mut |three| found.push(String::from_utf8(three.to_vec()).unwrap()));
            found
        };
        assert_eq!(ends(b"abc", &[]), ["abc"]);
        assert_eq!(ends(b"ab", &[b"xy"]), ["abx", "aby"]);
        assert_eq!(ends(b"a", &[b"xy", b"12"]), ["ax1", "ax2", "ay1", "ay2"]);
        assert!(ends(b"a", &[b"xy", b""]).is_empty() && ends(b"a", &[b"", b"xy"]).is_empty());
    }

    /// Wherever a word stands, at the text's start and end too, it is found once, and it is found where it goes on as it
    /// has to if it is short.
    #[test]
    fn every_word_is_found_at_every_place() {
        let digit: Set = |byte| byte.is_ascii_digit();
        let words = [("ab", Some([digit; 2])), ("abc", Some([digit; 2])), ("abcd", None), ("abcdefgh", None)];
        let keyword = |(word, next)| Keyword { word, next, before: None, look: word };
        let index = Index::new(words.map(keyword).to_vec());
        let found = |text: &str| {
            let mut found = Vec::new();
            index.each(text, |keyword, at| found.push((keyword.look, at)));
            found.sort_unstable();
            found
        };
        for before in 0..60 {
            for after in 0..60 {
                let (head, tail) = ("-".repeat(before), "-".repeat(after));
                let at = |word| (word, before);
                assert_eq!(found(&format!("{head}abc1{tail}")), [at("abc")]);
                assert_eq!(found(&format!("{head}ab12{tail}")), [at("ab")]);
                assert_eq!(found(&format!("{head}abcdefgh{tail}")), [at("abcd"), at("abcdefgh")]);
                assert_eq!(found(&format!("{head}abcx{tail}")), []);
                assert_eq!(found(&format!("{head}ab1{tail}")), []);
            }
        }
    }
}
