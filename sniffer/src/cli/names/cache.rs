//! A map of bounded size that forgets what has not been asked for lately. Knows no names.

use std::collections::HashMap;
use std::hash::Hash;
use std::mem;

/// At least the `limit` entries that were used last, and at most twice as many: when there are so many young ones, the old
/// ones go and these become the old ones.
#[derive(Debug)]
pub(super) struct Cache<K, V> {
    limit: usize,
    young: HashMap<K, V>,
    old: HashMap<K, V>,
}

impl<K: Hash + Eq + Copy, V: Clone> Cache<K, V> {
    pub(super) fn new(limit: usize) -> Self {
        Self { limit, young: HashMap::new(), old: HashMap::new() }
    }

    pub(super) fn get(&mut self, key: K) -> Option<&V> {
        if !self.young.contains_key(&key) {
            let value = self.old.remove(&key)?;
            self.insert(key, value);
        }
        self.young.get(&key)
    }

    pub(super) fn insert(&mut self, key: K, value: V) {
        if self.young.len() >= self.limit {
            self.old = mem::take(&mut self.young);
        }
        self.young.insert(key, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_are_known_and_no_more_than_twice_as_many_are_kept() {
        let mut cache = Cache::new(10);
        for key in 0..1000_u32 {
            cache.insert(key, key * 2);
            assert_eq!(cache.get(0).copied(), Some(0), "who is asked for all the time stays");
            assert!(cache.young.len() + cache.old.len() <= 20);
            assert!((key.saturating_sub(8)..=key).all(|key| cache.get(key) == Some(&(key * 2))), "{key}");
        }
        assert_eq!(cache.get(500), None);
    }
}
