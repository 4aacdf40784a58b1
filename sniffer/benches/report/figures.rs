//! Measurements of one quantity, one a round.

/// The measurements in the order of the rounds; rounds of different quantities correspond by position.
#[derive(Clone, Debug, Default)]
pub(crate) struct Figures(Vec<f64>);

impl Figures {
    /// Adds a round.
    pub(crate) fn push(&mut self, figure: f64) {
        self.0.push(figure);
    }

    /// Round by round, `self` less `other`: what both have in common, and what drifts while they run, falls out.
    pub(crate) fn less(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(mine, theirs)| mine - theirs).collect())
    }

    /// Each divided by the same number.
    pub(crate) fn divided_by(&self, divisor: f64) -> Self {
        Self(self.0.iter().map(|figure| figure / divisor).collect())
    }

    /// The middle one.
    ///
    /// # Panics
    /// Without any round.
    pub(crate) fn median(&self) -> f64 {
        self.at(2)
    }

    /// The smallest one.
    ///
    /// # Panics
    /// Without any round.
    pub(crate) fn minimum(&self) -> f64 {
        self.at(0)
    }

    /// The middle half of the rounds, `from..to`: how far the median may be trusted.
    ///
    /// # Panics
    /// Without any round.
    pub(crate) fn quartiles(&self) -> (f64, f64) {
        (self.at(1), self.at(3))
    }

    /// The figure that so many quarters of the others are not above.
    fn at(&self, quarters: usize) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        let last = sorted.len().checked_sub(1).expect("a benchmark has rounds");
        sorted[last * quarters / 4]
    }
}
