//! `--shard I/N`: one of N runs that together say what one run would.
//!
//! What may bear on each other is judged by one of them: folders are put together that a text of one leads from to the
//! other, as far as texts can be read without knowing their language, and rather too many than too few. Such an island goes
//! to a shard by its path alone, so that whatever is added elsewhere moves nothing.

mod islands;
mod refer;

use super::CheckRequest;
use crate::config::Configs;
use crate::discover::Inventory;
use crate::system::System;
use islands::Islands;
use std::fmt;
use std::str::FromStr;

/// One of several runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    /// From 1.
    number: u32,
    of: u32,
}

impl Shard {
    /// Whether the island of this path is judged here.
    fn takes(self, path: &str) -> bool {
        // FNV-1a, then mixed (splitmix64), since its upper bits hardly know the last characters.
        let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
        for byte in path.bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        hash ^= hash >> 31;
        let at = (u128::from(hash) * u128::from(self.of)) >> 64;
        at == u128::from(self.number - 1)
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || format!("`{text}` is not I/N, such as 1/4");
        let (number, of) = text.split_once('/').ok_or_else(wrong)?;
        let parse = |text: &str| text.parse::<u32>().map_err(|_| wrong());
        let shard = Self { number: parse(number)?, of: parse(of)? };
        if shard.number == 0 || shard.number > shard.of {
            return Err(format!("there is no shard {} of {}: the first is 1", shard.number, shard.of));
        }
        Ok(shard)
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

/// What of a run's files is judged by one of its shards.
pub(super) struct Part {
    shard: Shard,
    islands: Islands,
}

impl Part {
    /// Leaves in the inventory what this shard judges.
    pub(super) fn of(
        request: &CheckRequest,
        inventory: &mut Inventory,
        configs: &Configs<'_>,
        system: &dyn System,
    ) -> Option<Self> {
        let shard = request.shard?;
        // Rules of one's own may count what is in all of a repository, and a secret is told once of all its history.
        let whole = request.history || !request.own.is_empty() || !configs.own().is_empty();
        let part = Self { shard, islands: Islands::of(inventory, whole, system) };
        let kept: Vec<bool> = inventory
            .files
            .iter()
            .map(|found| part.takes(inventory, found.root, islands::folder_of(found)))
            .collect();
        inventory.keep(&kept);
        Some(part)
    }

    /// Whether what stands in a folder of a root (relative to it) is judged here.
    pub(super) fn takes(&self, inventory: &Inventory, root: usize, folder: &str) -> bool {
        let Some(place) = inventory.roots.get(root) else { return self.shard.number == 1 };
        self.shard.takes(&inventory.shown(&place.path().join(self.islands.name(root, folder))))
    }
}

#[cfg(test)]
mod tests {
    use super::Shard;

    #[test]
    fn a_shard_is_one_of_some() {
        for (text, expected) in [
            ("1/1", true),
            ("4/4", true),
            ("0/4", false),
            ("5/4", false),
            ("1", false),
            ("a/b", false),
            ("1/0", false),
        ] {
            assert_eq!(text.parse::<Shard>().is_ok(), expected, "{text}");
        }
    }

    #[test]
    fn each_path_is_in_one_shard_and_they_are_about_as_large() {
        for of in [1, 2, 3, 8, 64] {
            let mut sizes = vec![0_u32; of as usize];
            for at in 0..6400 {
                let path = format!("live/{at}/app");
                let shards: Vec<u32> =
                    (1..=of).filter(|number| Shard { number: *number, of }.takes(&path)).collect();
                assert_eq!(shards.len(), 1);
                sizes[shards[0] as usize - 1] += 1;
            }
            let even = 6400 / of;
            assert!(sizes.iter().all(|size| *size > even / 2 && *size < even * 2), "{sizes:?}");
        }
    }
}
