//! A few things by the names that keyless has for them. Most facts have some, and a tree's node is far larger than they are.

/// Sorted by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named<T>(Vec<(&'static str, T)>);

impl<T> Named<T> {
    #[must_use]
    pub fn new() -> Self {
        Self(Vec::new())
    }

    fn find(&self, name: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(known, _)| (**known).cmp(name))
    }

    #[must_use]
    pub fn get(&self, name: &str) -> Option<&T> {
        self.0.get(self.find(name).ok()?).map(|(_, value)| value)
    }

    pub fn get_mut(&mut self, name: &str) -> Option<&mut T> {
        let at = self.find(name).ok()?;
        self.0.get_mut(at).map(|(_, value)| value)
    }

    pub fn insert(&mut self, name: &'static str, value: T) {
        match self.find(name) {
            Ok(at) => self.0[at].1 = value,
            Err(at) => {
                // Nobody adds many, and there is one of these to each fact.
                self.0.reserve_exact(1);
                self.0.insert(at, (name, value));
            }
        }
    }

    /// What has the name, or else this from now on.
    pub fn or_insert(&mut self, name: &'static str, value: T) -> &mut T {
        let at = match self.find(name) {
            Ok(at) => at,
            Err(at) => {
                self.0.reserve_exact(1);
                self.0.insert(at, (name, value));
                at
            }
        };
        &mut self.0[at].1
    }

    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.0.iter().map(|(_, value)| value)
    }

    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.0.iter_mut().map(|(_, value)| value)
    }
}

impl<T> Default for Named<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Extend<(&'static str, T)> for Named<T> {
    fn extend<I: IntoIterator<Item = (&'static str, T)>>(&mut self, all: I) {
        let all = all.into_iter();
        self.0.reserve_exact(all.size_hint().0);
        all.for_each(|(name, value)| self.insert(name, value));
    }
}

impl<T> FromIterator<(&'static str, T)> for Named<T> {
    fn from_iter<I: IntoIterator<Item = (&'static str, T)>>(all: I) -> Self {
        let mut named = Self::new();
        named.extend(all);
        named
    }
}

impl<T, const N: usize> From<[(&'static str, T); N]> for Named<T> {
    fn from(all: [(&'static str, T); N]) -> Self {
        all.into_iter().collect()
    }
}

impl<T> IntoIterator for Named<T> {
    type Item = (&'static str, T);
    type IntoIter = std::vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::Named;

    #[test]
    fn the_last_of_a_name_counts_and_the_order_is_that_of_names() {
        let mut named = Named::from([("b", 1), ("a", 2), ("b", 3)]);
        assert_eq!(named.values().collect::<Vec<_>>(), [&2, &3]);
        assert_eq!(*named.or_insert("b", 4), 3);
        assert_eq!(*named.or_insert("c", 5), 5);
        named.insert("c", 6);
        assert_eq!((named.get("c"), named.get("d")), (Some(&6), None));
        assert_eq!(named, [("c", 6), ("b", 3), ("a", 2)].into_iter().collect());
    }
}
