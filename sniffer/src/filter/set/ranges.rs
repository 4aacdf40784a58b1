//! Numbers as sorted ranges that neither touch nor overlap: what the elements of a set come down to.

/// A number with a next one.
pub(crate) trait Number: Copy + Ord {
    /// The next number, unless this is the last.
    fn next(self) -> Option<Self>;
}

macro_rules! number {
    ($($type:ty)*) => {$(
        impl Number for $type {
            fn next(self) -> Option<Self> {
                self.checked_add(1)
            }
        }
    )*};
}

number!(u32 u64 u128);

/// Sorted ranges, both ends inclusive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Ranges<T>(Vec<(T, T)>);

impl<T: Number> Ranges<T> {
    /// The union of ranges in any order.
    pub(crate) fn new(mut ranges: Vec<(T, T)>) -> Self {
        if !ranges.is_sorted() {
            ranges.sort_unstable();
        }
        ranges.dedup_by(|(low, high), (_, last)| {
            let joins = last.next().is_none_or(|next| *low <= next);
            if joins {
                *last = (*last).max(*high);
            }
            joins
        });
        Self(ranges)
    }

    /// Whether the number is in one of them.
    pub(crate) fn contains(&self, number: T) -> bool {
        let behind = self.0.partition_point(|(low, _)| *low <= number);
        behind.checked_sub(1).is_some_and(|at| number <= self.0[at].1)
    }

    /// The ranges in ascending order.
    pub(crate) fn as_slice(&self) -> &[(T, T)] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_that_touch_or_overlap_become_one() {
        let check = |ranges: &[(u32, u32)], expected: &[(u32, u32)]| {
            assert_eq!(Ranges::new(ranges.to_vec()).as_slice(), expected, "{ranges:?}");
        };
        check(&[], &[]);
        check(&[(5, 6), (1, 2)], &[(1, 2), (5, 6)]);
        check(&[(1, 2), (3, 4), (3, 4)], &[(1, 4)]);
        check(&[(1, 9), (2, 3), (5, 12)], &[(1, 12)]);
        check(&[(0, u32::MAX), (7, 7)], &[(0, u32::MAX)]);
        check(&[(u32::MAX, u32::MAX), (9, 9)], &[(9, 9), (u32::MAX, u32::MAX)]);
    }

    #[test]
    fn both_ends_belong_to_a_range() {
        let ranges = Ranges::new(vec![(10_u32, 20), (30, 30)]);
        for (number, expected) in [(9, false), (10, true), (20, true), (21, false), (30, true), (31, false)] {
            assert_eq!(ranges.contains(number), expected, "{number}");
        }
    }
}
