//! Rows that are to be looked at one by one.

/// Rows in open cells and their nodes, in blocks, so that a growing list is never copied.
#[derive(Default)]
pub(super) struct Gathered(pub(super) Vec<Vec<(u32, u32)>>);

impl Gathered {
    const BLOCK: usize = 1 << 14;

    #[inline]
    pub(super) fn push(&mut self, row: usize, node: usize) {
        match self.0.last_mut() {
            Some(block) if block.len() < Self::BLOCK => block.push((row as u32, node as u32)),
            _ => {
                let mut block = Vec::with_capacity(Self::BLOCK);
                block.push((row as u32, node as u32));
                self.0.push(block);
            }
        }
    }
}
