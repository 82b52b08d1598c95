//! The texts that cells share, in one piece of memory: a workbook says how many there are, but only what is there counts.

use super::fault::Fault;
use crate::damage::Damage;

#[derive(Default)]
pub(super) struct Strings {
    bytes: Vec<u8>,
    ends: Vec<u32>,
}

impl Strings {
    pub(super) fn push(&mut self, text: &[u8], limit: u64) -> Result<(), Fault> {
        self.bytes.extend_from_slice(text);
        let end =
            u32::try_from(self.bytes.len()).ok().filter(|end| u64::from(*end) <= limit).ok_or(Damage::Inflated)?;
        self.ends.push(end);
        Ok(())
    }

    pub(super) fn get(&self, at: usize) -> Result<&[u8], Fault> {
        let to = *self.ends.get(at).ok_or(Damage::Strings)?;
        let from = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        Ok(self.bytes.get(from as usize..to as usize).unwrap_or_default())
    }
}
