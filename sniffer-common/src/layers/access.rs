//! What a walk reads, the bytes of a frame, and what it writes, the words of its layers.

use super::{Layer, MAX_LAYERS};

/// The bytes of a frame.
pub trait Bytes {
    /// How many there are.
    fn captured(&self) -> u32;
    /// The byte at `at`.
    fn byte(&self, at: u32) -> Option<u8>;
    /// The two bytes at `at` in network order.
    fn half(&self, at: u32) -> Option<u16>;
    /// The four bytes at `at` in network order.
    fn word(&self, at: u32) -> Option<u32>;
    /// The sixteen bytes at `at` in network order.
    fn line(&self, at: u32) -> Option<[u64; 2]>;
}

/// The words of a frame's layers, the outermost first.
pub trait Words {
    /// The word of a layer below [`MAX_LAYERS`].
    fn get(&self, layer: usize) -> Layer;
    /// Changes it.
    fn set(&mut self, layer: usize, word: Layer);

    /// All words. They are read and written one and all, each at a place that is known when this is compiled: that is the
    /// only way in which the kernel lets a control buffer be reached.
    #[inline(always)]
    fn all(&self) -> [Layer; MAX_LAYERS] {
        [self.get(0), self.get(1), self.get(2), self.get(3)]
    }

    /// Writes the next layer down. False when there is no room left.
    #[inline(always)]
    fn push(&mut self, word: Layer) -> bool {
        let [a, b, c, d] = self.all();
        if d.0 != 0 {
            return false;
        }
        self.set(0, if a.0 == 0 { word } else { a });
        self.set(1, if a.0 != 0 && b.0 == 0 { word } else { b });
        self.set(2, if b.0 != 0 && c.0 == 0 { word } else { c });
        self.set(3, if c.0 != 0 { word } else { d });
        true
    }

    /// The last layer.
    #[inline(always)]
    fn last(&self) -> Layer {
        let [a, b, c, d] = self.all();
        let inner = if d.0 == 0 { c } else { d };
        if b.0 == 0 {
            a
        } else if c.0 == 0 {
            b
        } else {
            inner
        }
    }

    /// Changes the last layer.
    #[inline(always)]
    fn amend(&mut self, word: Layer) {
        let [a, b, c, d] = self.all();
        self.set(0, if b.0 == 0 { word } else { a });
        self.set(1, if b.0 != 0 && c.0 == 0 { word } else { b });
        self.set(2, if c.0 != 0 && d.0 == 0 { word } else { c });
        self.set(3, if d.0 != 0 { word } else { d });
    }
}

const _: () = assert!(MAX_LAYERS == 4);
